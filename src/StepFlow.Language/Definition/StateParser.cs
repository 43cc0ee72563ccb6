using StepFlow.Language.Diagnostics;

namespace StepFlow.Language.Definition;

/// <summary>Reads one state: first the fields of its type, then those of all types.</summary>
internal static class StateParser
{
    public static State Parse(string name, FieldReader reader, QueryLanguage machineLanguage)
    {
        State state = ReadType(reader) switch
        {
            "Pass" => Pass(name, reader),
            "Task" => Task(name, reader),
            "Choice" => Choice(name, reader),
            "Wait" => Wait(name, reader),
            "Succeed" => new SucceedState { Name = name, Source = reader.Source, Location = reader.Location },
            "Fail" => Fail(name, reader),
            "Parallel" => Parallel(name, reader, machineLanguage),
            "Map" => Map(name, reader, machineLanguage),
            _ => new UnreadableState { Name = name, Source = reader.Source, Location = reader.Location },
        };
        if (state is RetryableState retryable)
        {
            state = retryable with { Retry = Retriers(reader), Catch = Catchers(reader) };
        }

        return state with
        {
            QueryLanguage = DefinitionParser.LanguageOf(reader.Source, machineLanguage),
            Comment = reader.Text("Comment"),
            Next = reader.Text("Next"),
            End = reader.Flag("End"),
            InputPath = PathOrNull(reader, "InputPath"),
            Parameters = reader.Any("Parameters"),
            ResultSelector = reader.Any("ResultSelector"),
            ResultPath = PathOrNull(reader, "ResultPath"),
            OutputPath = PathOrNull(reader, "OutputPath"),
            Arguments = reader.Any("Arguments"),
            Output = reader.Any("Output"),
            Assign = reader.Any("Assign"),
        };
    }

    private static string? ReadType(FieldReader reader)
    {
        if (reader.Any("Type") is null)
        {
            reader.Diagnostics.Schema(DiagnosticMessages.Required(["Type"]), reader.Location);
            return null;
        }

        string? type = reader.Text("Type");
        if (type is not null && !StateTypes.All.Contains(type))
        {
            reader.Diagnostics.Schema(DiagnosticMessages.FieldOneOf("Type", StateTypes.All), reader.Location + "/Type");
        }

        return type;
    }

    private static PassState Pass(string name, FieldReader reader) => new()
    {
        Name = name,
        Source = reader.Source,
        Location = reader.Location,
        Result = reader.Any("Result"),
    };

    private static TaskState Task(string name, FieldReader reader) => new()
    {
        Name = name,
        Source = reader.Source,
        Location = reader.Location,
        Resource = reader.Text("Resource"),
        TimeoutSeconds = reader.Any("TimeoutSeconds"),
        TimeoutSecondsPath = reader.Text("TimeoutSecondsPath"),
        HeartbeatSeconds = reader.Any("HeartbeatSeconds"),
        HeartbeatSecondsPath = reader.Text("HeartbeatSecondsPath"),
        Credentials = reader.Object("Credentials"),
    };

    private static ChoiceState Choice(string name, FieldReader reader) => new()
    {
        Name = name,
        Source = reader.Source,
        Location = reader.Location,
        Default = reader.Text("Default"),
        Choices = [.. reader.Nodes("Choices").Select(rule => new ChoiceRule
        {
            Source = rule.Source,
            Location = rule.Location,
            Condition = rule.Any("Condition"),
            Next = rule.Text("Next"),
            Output = rule.Any("Output"),
            Assign = rule.Any("Assign"),
        })],
    };

    private static WaitState Wait(string name, FieldReader reader) => new()
    {
        Name = name,
        Source = reader.Source,
        Location = reader.Location,
        Seconds = reader.Any("Seconds"),
        SecondsPath = reader.Text("SecondsPath"),
        Timestamp = reader.Text("Timestamp"),
        TimestampPath = reader.Text("TimestampPath"),
    };

    private static FailState Fail(string name, FieldReader reader) => new()
    {
        Name = name,
        Source = reader.Source,
        Location = reader.Location,
        Error = reader.Text("Error"),
        ErrorPath = reader.Text("ErrorPath"),
        Cause = reader.Text("Cause"),
        CausePath = reader.Text("CausePath"),
    };

    private static ParallelState Parallel(string name, FieldReader reader, QueryLanguage machineLanguage) => new()
    {
        Name = name,
        Source = reader.Source,
        Location = reader.Location,
        Branches = [.. reader.Nodes("Branches").Select(branch => GraphParser.Parse(branch, machineLanguage)).OfType<StateGraphDefinition>()],
    };

    private static MapState Map(string name, FieldReader reader, QueryLanguage machineLanguage) => new()
    {
        Name = name,
        Source = reader.Source,
        Location = reader.Location,
        Processor = (reader.Node("ItemProcessor") ?? reader.Node("Iterator")) is { } processor ? GraphParser.Parse(processor, machineLanguage) : null,
        ItemsPath = reader.Text("ItemsPath"),
        Items = reader.Any("Items"),
        ItemSelector = reader.Any("ItemSelector"),
        MaxConcurrency = reader.Any("MaxConcurrency"),
        MaxConcurrencyPath = reader.Text("MaxConcurrencyPath"),
        ToleratedFailureCount = reader.Any("ToleratedFailureCount"),
        ToleratedFailureCountPath = reader.Text("ToleratedFailureCountPath"),
        ToleratedFailurePercentage = reader.Any("ToleratedFailurePercentage"),
        ToleratedFailurePercentagePath = reader.Text("ToleratedFailurePercentagePath"),
        ItemReader = reader.Node("ItemReader") is { } items ? MapParser.ItemReader(items) : null,
        ItemBatcher = reader.Node("ItemBatcher") is { } batcher ? MapParser.ItemBatcher(batcher) : null,
        ResultWriter = reader.Node("ResultWriter") is { } writer ? MapParser.ResultWriter(writer) : null,
        Label = reader.Text("Label"),
    };

    private static List<Retrier> Retriers(FieldReader state) => [.. state.Nodes("Retry").Select(reader => new Retrier
    {
        Source = reader.Source,
        Location = reader.Location,
        ErrorEquals = reader.Texts("ErrorEquals"),
        IntervalSeconds = reader.Number("IntervalSeconds"),
        MaxAttempts = reader.Number("MaxAttempts"),
        BackoffRate = reader.Number("BackoffRate"),
        MaxDelaySeconds = reader.Number("MaxDelaySeconds"),
        JitterStrategy = reader.Text("JitterStrategy"),
    })];

    private static List<Catcher> Catchers(FieldReader state) => [.. state.Nodes("Catch").Select(reader => new Catcher
    {
        Source = reader.Source,
        Location = reader.Location,
        ErrorEquals = reader.Texts("ErrorEquals"),
        Next = reader.Text("Next"),
        ResultPath = PathOrNull(reader, "ResultPath"),
        Output = reader.Any("Output"),
        Assign = reader.Any("Assign"),
    })];

    /// <summary>A path field may be null, which discards the value.</summary>
    private static JsonValue? PathOrNull(FieldReader reader, string field)
    {
        JsonValue? value = reader.Any(field);
        if (value is null or JsonNull or JsonString)
        {
            return value;
        }

        reader.Diagnostics.Schema(DiagnosticMessages.ExpectedType("STRING", "NULL"), $"{reader.Location}/{field}");
        return null;
    }
}
