using System.Diagnostics;
using StepFlow.Language.Compilation;
using StepFlow.Language.Definition;
using StepFlow.Language.Json;

namespace StepFlow.Language.Loading;

/// <summary>Compiles one state, without what it leads to.</summary>
internal static class StateCompiler
{
    public static CompiledState Compile(State state, Func<StateGraphDefinition, StateGraph> graph)
    {
        FieldCompiler fields = FieldCompilers.For(state.QueryLanguage);
        return state switch
        {
            PassState pass => new CompiledPass
            {
                Name = pass.Name,
                QueryLanguage = pass.QueryLanguage,
                Data = fields.Data(pass),
                Result = pass.Result,
            },
            TaskState task => Task(task, fields),
            ChoiceState choice => Choice(choice, fields),
            WaitState wait => new CompiledWait
            {
                Name = wait.Name,
                QueryLanguage = wait.QueryLanguage,
                Data = fields.Data(wait),
                Until = fields.Until(wait),
            },
            SucceedState succeed => new CompiledSucceed
            {
                Name = succeed.Name,
                QueryLanguage = succeed.QueryLanguage,
                Data = fields.Data(succeed),
            },
            FailState fail => new CompiledFail
            {
                Name = fail.Name,
                QueryLanguage = fail.QueryLanguage,
                Data = fields.Data(fail),
                Error = fields.Text("Error", fail.Error, fail.ErrorPath),
                Cause = fields.Text("Cause", fail.Cause, fail.CausePath),
            },
            ParallelState parallel => new CompiledParallel
            {
                Name = parallel.Name,
                QueryLanguage = parallel.QueryLanguage,
                Data = fields.Data(parallel),
                Branches = [.. parallel.Branches.Select(graph)],
                Retry = Retriers(parallel.Retry),
                Catch = Catchers(parallel, parallel.Catch, fields),
            },
            MapState map => Map(map, fields, graph),
            _ => throw new UnreachableException(),
        };
    }

    private static CompiledTask Task(TaskState task, FieldCompiler fields) => new()
    {
        Name = task.Name,
        QueryLanguage = task.QueryLanguage,
        Data = fields.Data(task),
        Resource = TaskResource.Parse(task.Resource!),
        Timeout = fields.Number(NumberRole.TimeoutSeconds, task.TimeoutSeconds, task.TimeoutSecondsPath),
        Heartbeat = fields.Number(NumberRole.HeartbeatSeconds, task.HeartbeatSeconds, task.HeartbeatSecondsPath),
        Credentials = fields.Template("Credentials", task.Credentials),
        Retry = Retriers(task.Retry),
        Catch = Catchers(task, task.Catch, fields),
    };

    private static CompiledChoice Choice(ChoiceState choice, FieldCompiler fields) => new()
    {
        Name = choice.Name,
        QueryLanguage = choice.QueryLanguage,
        Data = fields.Data(choice),
        Rules = [.. choice.Choices.Select((rule, index) => new CompiledChoiceRule
        {
            Condition = fields.Condition(rule, index),
            Data = fields.RuleData(choice, rule),
        })],
    };

    private static CompiledMap Map(MapState map, FieldCompiler fields, Func<StateGraphDefinition, StateGraph> graph) => new()
    {
        Name = map.Name,
        QueryLanguage = map.QueryLanguage,
        Data = fields.Data(map),
        Processor = graph(map.Processor!),
        ProcessorSource = map.Processor!.Source,
        IsDistributed = map.IsDistributed,
        IsExpress = map.Processor!.ProcessorConfig?.ExecutionType == "EXPRESS",
        Items = fields.Items(map),
        ItemSelector = fields.Template("ItemSelector", map.ItemSelector ?? map.Parameters),
        MaxConcurrency = fields.Number(NumberRole.MaxConcurrency, map.MaxConcurrency, map.MaxConcurrencyPath),
        ToleratedFailureCount = fields.Number(NumberRole.ToleratedFailureCount, map.ToleratedFailureCount, map.ToleratedFailureCountPath),
        ToleratedFailurePercentage = fields.Number(NumberRole.ToleratedFailurePercentage, map.ToleratedFailurePercentage, map.ToleratedFailurePercentagePath),
        ItemReader = map.ItemReader is not { } reader ? null : new()
        {
            Resource = TaskResource.Parse(reader.Resource!),
            Arguments = fields.Template("ItemReader/Arguments", reader.Parameters ?? reader.Arguments ?? JsonObject.Empty)!,
            Config = fields.ReaderConfig(reader.ReaderConfig),
        },
        ItemBatcher = map.ItemBatcher is not { } batcher ? null : new()
        {
            MaxItemsPerBatch = fields.Number(NumberRole.MaxItemsPerBatch, batcher.MaxItemsPerBatch, batcher.MaxItemsPerBatchPath),
            MaxInputBytesPerBatch = fields.Number(NumberRole.MaxInputBytesPerBatch, batcher.MaxInputBytesPerBatch, batcher.MaxInputBytesPerBatchPath),
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
        Catch = Catchers(map, map.Catch, fields),
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

    private static CompiledCatcher[] Catchers(State state, IReadOnlyList<Catcher> catchers, FieldCompiler fields) =>
        [.. catchers.Select(catcher => new CompiledCatcher
        {
            ErrorEquals = catcher.ErrorEquals,
            Data = fields.CatcherData(state, catcher),
        })];
}
