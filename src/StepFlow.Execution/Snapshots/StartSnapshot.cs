using System.Text.Json;

namespace StepFlow.Execution.Snapshots;

/// <summary>How an execution was started, in its snapshot.</summary>
internal static class StartSnapshot
{
    public static void Write(Utf8JsonWriter writer, SnapshotValues values, ExecutionStart start)
    {
        writer.WriteStartObject("start"u8);
        writer.WriteString("executionArn"u8, start.ExecutionArn);
        writer.WriteString("name"u8, start.Name);
        writer.WriteString("stateMachineArn"u8, start.StateMachineArn);
        writer.WriteString("stateMachineName"u8, start.StateMachineName);
        writer.WriteString("roleArn"u8, start.RoleArn);
        values.Write(writer, "input", start.Input);
        writer.WriteOptional("inputText", start.InputText);
        writer.WriteOptional("startTime", start.StartTime);
        writer.WriteString("region"u8, start.Region);
        writer.WriteBoolean("isExpress"u8, start.IsExpress);
        writer.WriteBoolean("isSynchronous"u8, start.IsSynchronous);
        writer.WriteOptional("turnSteps", start.TurnSteps);
        if (start.DefersFirstTurn)
        {
            writer.WriteBoolean("defersFirstTurn"u8, true);
        }

        if (start.BranchesTakeTurns)
        {
            writer.WriteBoolean("branchesTakeTurns"u8, true);
        }

        writer.WriteOptional("stateMachineVersionArn", start.StateMachineVersionArn);
        writer.WriteOptional("stateMachineAliasArn", start.StateMachineAliasArn);
        writer.WriteOptional("tokenSecret", start.TokenSecret);
        writer.WriteOptional("mapRunArn", start.MapRunArn);
        values.Write(writer, "mapContext", start.MapContext);
        Write(writer, start.Limits);
        writer.WriteEndObject();
    }

    public static ExecutionStart Read(SnapshotNode node) => new()
    {
        ExecutionArn = node.Text("executionArn"),
        Name = node.Text("name"),
        StateMachineArn = node.Text("stateMachineArn"),
        StateMachineName = node.Text("stateMachineName"),
        RoleArn = node.Text("roleArn"),
        Input = node.Payload("input"),
        InputText = node.OptionalText("inputText"),
        StartTime = node.Time("startTime"),
        Region = node.Text("region"),
        IsExpress = node.Flag("isExpress"),
        IsSynchronous = node.Flag("isSynchronous"),
        TurnSteps = node.OptionalNumber("turnSteps"),
        DefersFirstTurn = node.Flag("defersFirstTurn"),
        BranchesTakeTurns = node.Flag("branchesTakeTurns"),
        StateMachineVersionArn = node.OptionalText("stateMachineVersionArn"),
        StateMachineAliasArn = node.OptionalText("stateMachineAliasArn"),
        TokenSecret = node.OptionalText("tokenSecret"),
        MapRunArn = node.OptionalText("mapRunArn"),
        MapContext = node.OptionalPayload("mapContext") as JsonObject,
        Limits = node.OptionalNode("limits") is { } limits ? ReadLimits(limits) : Limits.None,
    };

    private static void Write(Utf8JsonWriter writer, Limits limits)
    {
        if (limits == Limits.None)
        {
            return;
        }

        writer.WriteStartObject("limits"u8);
        writer.WriteOptional("payloadBytes", limits.PayloadBytes);
        writer.WriteOptional("historyEvents", limits.HistoryEvents);
        writer.WriteOptional("executionSeconds", limits.ExecutionDuration?.TotalSeconds);
        writer.WriteOptional("expressSeconds", limits.ExpressDuration?.TotalSeconds);
        writer.WriteOptional("definitionBytes", limits.DefinitionBytes);
        writer.WriteOptional("variableBytes", limits.VariableBytes);
        writer.WriteOptional("assignBytes", limits.AssignBytes);
        writer.WriteOptional("executionVariableBytes", limits.ExecutionVariableBytes);
        writer.WriteOptional("inlineMapConcurrency", limits.InlineMapConcurrency);
        writer.WriteOptional("distributedMapConcurrency", limits.DistributedMapConcurrency);
        writer.WriteOptional("intrinsicCharacters", limits.IntrinsicCharacters);
        writer.WriteOptional("arrayRangeItems", limits.ArrayRangeItems);
        writer.WriteEndObject();
    }

    private static Limits ReadLimits(SnapshotNode node) => new()
    {
        PayloadBytes = (int?)node.OptionalNumber("payloadBytes"),
        HistoryEvents = (int?)node.OptionalNumber("historyEvents"),
        ExecutionDuration = node.OptionalDouble("executionSeconds") is { } execution ? TimeSpan.FromSeconds(execution) : null,
        ExpressDuration = node.OptionalDouble("expressSeconds") is { } express ? TimeSpan.FromSeconds(express) : null,
        DefinitionBytes = (int?)node.OptionalNumber("definitionBytes"),
        VariableBytes = (int?)node.OptionalNumber("variableBytes"),
        AssignBytes = (int?)node.OptionalNumber("assignBytes"),
        ExecutionVariableBytes = (int?)node.OptionalNumber("executionVariableBytes"),
        InlineMapConcurrency = (int?)node.OptionalNumber("inlineMapConcurrency"),
        DistributedMapConcurrency = (int?)node.OptionalNumber("distributedMapConcurrency"),
        IntrinsicCharacters = (int?)node.OptionalNumber("intrinsicCharacters"),
        ArrayRangeItems = (int?)node.OptionalNumber("arrayRangeItems"),
    };
}
