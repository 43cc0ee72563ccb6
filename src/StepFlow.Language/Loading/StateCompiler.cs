using System.Diagnostics;
using StepFlow.Language.Compilation;
using StepFlow.Language.Templates;

namespace StepFlow.Language.Loading;

/// <summary>Compiles one state, without the states that follow it.</summary>
internal static class StateCompiler
{
    /// <param name="name">The state's name in executions.</param>
    public static CompiledState Compile(State state, string name, Func<StateGraphDefinition, StateGraph> graph)
    {
        FieldCompiler fields = FieldCompiler.For(state);
        return state switch
        {
            PassState pass => new CompiledPass
            {
                Name = name,
                QueryLanguage = pass.QueryLanguage,
                Data = fields.Data(),
                Result = pass.Result,
            },
            TaskState task => Task(task, name, fields),
            ChoiceState choice => Choice(choice, name, fields),
            WaitState wait => new CompiledWait
            {
                Name = name,
                QueryLanguage = wait.QueryLanguage,
                Data = fields.Data(),
                Until = fields.Until(wait),
            },
            SucceedState succeed => new CompiledSucceed
            {
                Name = name,
                QueryLanguage = succeed.QueryLanguage,
                Data = fields.Data(),
            },
            FailState fail => new CompiledFail
            {
                Name = name,
                QueryLanguage = fail.QueryLanguage,
                Data = fields.Data(),
                Error = fields.Text("Error", fail.Error, fail.ErrorPath),
                Cause = fields.Text("Cause", fail.Cause, fail.CausePath),
            },
            ParallelState parallel => new CompiledParallel
            {
                Name = name,
                QueryLanguage = parallel.QueryLanguage,
                Data = fields.Data(),
                Branches = [.. parallel.Branches.Select(graph)],
                Retry = Retriers(parallel.Retry),
                Catch = Catchers(parallel.Catch, fields),
            },
            MapState map => Map(map, name, fields, graph),
            _ => throw new UnreachableException(),
        };
    }

    private static CompiledTask Task(TaskState task, string name, FieldCompiler fields) => new()
    {
        Name = name,
        QueryLanguage = task.QueryLanguage,
        Data = fields.Data(),
        Resource = TaskResource.Parse(task.Resource!),
        Timeout = fields.Number(NumberRule.TimeoutSeconds, string.Empty, task.TimeoutSeconds, task.TimeoutSecondsPath),
        Heartbeat = fields.Number(NumberRule.HeartbeatSeconds, string.Empty, task.HeartbeatSeconds, task.HeartbeatSecondsPath),
        Credentials = fields.Template("Credentials", task.Credentials),
        Retry = Retriers(task.Retry),
        Catch = Catchers(task.Catch, fields),
    };

    private static CompiledChoice Choice(ChoiceState choice, string name, FieldCompiler fields) => new()
    {
        Name = name,
        QueryLanguage = choice.QueryLanguage,
        Data = fields.Data(),
        Rules = [.. choice.Choices.Select((rule, index) => new CompiledChoiceRule
        {
            Condition = fields.Condition(rule, index),
            Data = fields.RuleData(rule, index),
        })],
    };

    private static CompiledMap Map(MapState map, string name, FieldCompiler fields, Func<StateGraphDefinition, StateGraph> graph) => new()
    {
        Name = name,
        QueryLanguage = map.QueryLanguage,
        Data = fields.Data(),
        Processor = graph(map.Processor!),
        ProcessorSource = map.Processor!.Source,
        IsDistributed = map.IsDistributed,
        IsExpress = map.Processor!.ProcessorConfig?.ExecutionType == "EXPRESS",
        Items = fields.Items(map),
        ItemSelector = fields.Template("ItemSelector", map.ItemSelector ?? map.Parameters),
        MaxConcurrency = fields.Number(NumberRule.MaxConcurrency, string.Empty, map.MaxConcurrency, map.MaxConcurrencyPath),
        ToleratedFailureCount = fields.Number(NumberRule.ToleratedFailureCount, string.Empty, map.ToleratedFailureCount, map.ToleratedFailureCountPath),
        ToleratedFailurePercentage = fields.Number(NumberRule.ToleratedFailurePercentage, string.Empty, map.ToleratedFailurePercentage, map.ToleratedFailurePercentagePath),
        ItemReader = map.ItemReader is not { } reader ? null : new()
        {
            Resource = TaskResource.Parse(reader.Resource!),
            Arguments = fields.Template("ItemReader/Arguments", reader.Parameters ?? reader.Arguments ?? JsonObject.Empty)!,
            Config = fields.ReaderConfig(reader.ReaderConfig),
        },
        ItemBatcher = map.ItemBatcher is not { } batcher ? null : new()
        {
            MaxItemsPerBatch = fields.Number(NumberRule.MaxItemsPerBatch, "ItemBatcher/", batcher.MaxItemsPerBatch, batcher.MaxItemsPerBatchPath),
            MaxInputBytesPerBatch = fields.Number(NumberRule.MaxInputBytesPerBatch, "ItemBatcher/", batcher.MaxInputBytesPerBatch, batcher.MaxInputBytesPerBatchPath),
            BatchInput = fields.Template("ItemBatcher/BatchInput", batcher.BatchInput),
        },
        ResultWriter = map.ResultWriter is not { } writer ? null : new()
        {
            Resource = writer.Resource is { } resource ? TaskResource.Parse(resource) : null,
            Arguments = fields.Template("ResultWriter/Arguments", writer.Parameters ?? writer.Arguments),
            Config = writer.WriterConfig,
        },
        Label = map.Label,
        Retry = Retriers(map.Retry),
        Catch = Catchers(map.Catch, fields),
    };

    private static CompiledRetrier[] Retriers(IReadOnlyList<Retrier> retriers) => [.. retriers.Select(retrier => new CompiledRetrier
    {
        ErrorEquals = retrier.ErrorEquals,
        IntervalSeconds = retrier.IntervalSeconds?.ToDouble() ?? 1,
        MaxAttempts = retrier.MaxAttempts is { } attempts && attempts.TryGetInt64(out long count) ? count : 3,
        BackoffRate = retrier.BackoffRate?.ToDouble() ?? 2,
        MaxDelaySeconds = retrier.MaxDelaySeconds?.ToDouble(),
        FullJitter = retrier.JitterStrategy == "FULL",
    })];

    private static CompiledCatcher[] Catchers(IReadOnlyList<Catcher> catchers, FieldCompiler fields) =>
        [.. catchers.Select((catcher, index) => new CompiledCatcher
        {
            ErrorEquals = catcher.ErrorEquals,
            Data = fields.CatcherData(catcher, index),
        })];
}
