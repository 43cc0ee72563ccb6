using StepFlow.Execution.History;

namespace StepFlow.Local.Records;

/// <summary>The details of history events in the journal. The numbers of the forms are in data files and never change.</summary>
internal static class EventDetailsRecord
{
    private const byte None = 0;
    private const byte ExecutionStarted = 1;
    private const byte Output = 2;
    private const byte Failure = 3;
    private const byte ExecutionRedriven = 4;
    private const byte StateEntered = 5;
    private const byte StateExited = 6;
    private const byte EvaluationFailed = 7;
    private const byte MapStateStarted = 8;
    private const byte MapIteration = 9;
    private const byte MapRunStarted = 10;
    private const byte MapRunRedriven = 11;
    private const byte TaskScheduled = 12;
    private const byte LambdaFunctionScheduled = 13;
    private const byte ActivityScheduled = 14;
    private const byte ActivityStarted = 15;
    private const byte TaskStarted = 16;
    private const byte TaskOutput = 17;
    private const byte TaskFailure = 18;

    public static RecordWriter Write(RecordWriter record, ValueWriter values, EventDetails? details) => details switch
    {
        null => record.Byte(None),
        ExecutionStartedDetails started => record.Byte(ExecutionStarted).Value(values, started.Input).Text(started.RoleArn)
            .TextOf(values, started.Input, started.InputText).NullableText(started.StateMachineAliasArn).NullableText(started.StateMachineVersionArn),
        OutputDetails output => record.Byte(Output).Value(values, output.Output),
        FailureDetails failure => record.Byte(Failure).NullableText(failure.Error).NullableText(failure.Cause),
        ExecutionRedrivenDetails redriven => record.Byte(ExecutionRedriven).Signed(redriven.RedriveCount),
        StateEnteredDetails entered => record.Byte(StateEntered).Text(entered.Name).Value(values, entered.Input)
            .TextOf(values, entered.Input, entered.InputText),
        StateExitedDetails exited => record.Byte(StateExited).Text(exited.Name).Value(values, exited.Output)
            .NullableValue(values, exited.AssignedVariables),
        EvaluationFailedDetails failed => record.Byte(EvaluationFailed).Text(failed.State).NullableText(failed.Error)
            .NullableText(failed.Cause).NullableText(failed.Location),
        MapStateStartedDetails started => record.Byte(MapStateStarted).Signed(started.Length),
        MapIterationDetails iteration => record.Byte(MapIteration).Text(iteration.Name).Signed(iteration.Index),
        MapRunStartedDetails started => record.Byte(MapRunStarted).Text(started.MapRunArn),
        MapRunRedrivenDetails redriven => record.Byte(MapRunRedriven).Text(redriven.MapRunArn).Signed(redriven.RedriveCount),
        TaskScheduledDetails scheduled => record.Byte(TaskScheduled).Text(scheduled.ResourceType).Text(scheduled.Resource).Text(scheduled.Region)
            .Value(values, scheduled.Parameters).NullableSigned(scheduled.TimeoutInSeconds).NullableSigned(scheduled.HeartbeatInSeconds)
            .NullableText(scheduled.CredentialsRoleArn),
        LambdaFunctionScheduledDetails scheduled => record.Byte(LambdaFunctionScheduled).Text(scheduled.Resource).Value(values, scheduled.Input)
            .NullableSigned(scheduled.TimeoutInSeconds).NullableText(scheduled.CredentialsRoleArn),
        ActivityScheduledDetails scheduled => record.Byte(ActivityScheduled).Text(scheduled.Resource).Value(values, scheduled.Input)
            .NullableSigned(scheduled.TimeoutInSeconds).NullableSigned(scheduled.HeartbeatInSeconds),
        ActivityStartedDetails started => record.Byte(ActivityStarted).NullableText(started.WorkerName),
        TaskStartedDetails started => record.Byte(TaskStarted).Text(started.ResourceType).Text(started.Resource),
        TaskOutputDetails output => record.Byte(TaskOutput).Text(output.ResourceType).Text(output.Resource).Value(values, output.Output),
        TaskFailureDetails failure => record.Byte(TaskFailure).Text(failure.ResourceType).Text(failure.Resource)
            .NullableText(failure.Error).NullableText(failure.Cause),
        _ => throw new NotSupportedException($"The journal has no record for {details.GetType().Name}."),
    };

    public static EventDetails? Read(ref RecordReader record, ValueReader values) => record.Byte() switch
    {
        None => null,
        ExecutionStarted => ReadStarted(ref record, values),
        Output => new OutputDetails(values.Read(ref record)),
        Failure => new FailureDetails(record.NullableText(), record.NullableText()),
        ExecutionRedriven => new ExecutionRedrivenDetails((int)record.Signed()),
        StateEntered => ReadEntered(ref record, values),
        StateExited => new StateExitedDetails(record.Text(), values.Read(ref record), (JsonObject?)values.ReadNullable(ref record)),
        EvaluationFailed => new EvaluationFailedDetails(record.Text(), record.NullableText(), record.NullableText(), record.NullableText()),
        MapStateStarted => new MapStateStartedDetails(record.Signed()),
        MapIteration => new MapIterationDetails(record.Text(), record.Signed()),
        MapRunStarted => new MapRunStartedDetails(record.Text()),
        MapRunRedriven => new MapRunRedrivenDetails(record.Text(), (int)record.Signed()),
        TaskScheduled => new TaskScheduledDetails(record.Text(), record.Text(), record.Text(), values.Read(ref record))
        {
            TimeoutInSeconds = record.NullableSigned(),
            HeartbeatInSeconds = record.NullableSigned(),
            CredentialsRoleArn = record.NullableText(),
        },
        LambdaFunctionScheduled => new LambdaFunctionScheduledDetails(record.Text(), values.Read(ref record))
        {
            TimeoutInSeconds = record.NullableSigned(),
            CredentialsRoleArn = record.NullableText(),
        },
        ActivityScheduled => new ActivityScheduledDetails(record.Text(), values.Read(ref record))
        {
            TimeoutInSeconds = record.NullableSigned(),
            HeartbeatInSeconds = record.NullableSigned(),
        },
        ActivityStarted => new ActivityStartedDetails(record.NullableText()),
        TaskStarted => new TaskStartedDetails(record.Text(), record.Text()),
        TaskOutput => new TaskOutputDetails(record.Text(), record.Text(), values.Read(ref record)),
        TaskFailure => new TaskFailureDetails(record.Text(), record.Text(), record.NullableText(), record.NullableText()),
        _ => throw RecordReader.Damaged(),
    };

    private static ExecutionStartedDetails ReadStarted(ref RecordReader record, ValueReader values)
    {
        JsonValue input = values.Read(ref record);
        return new(input, record.Text())
        {
            InputText = values.ReadText(ref record, input),
            StateMachineAliasArn = record.NullableText(),
            StateMachineVersionArn = record.NullableText(),
        };
    }

    private static StateEnteredDetails ReadEntered(ref RecordReader record, ValueReader values)
    {
        string name = record.Text();
        JsonValue input = values.Read(ref record);
        return new(name, input) { InputText = values.ReadText(ref record, input) };
    }
}
