using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Runtime.Definitions;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.Ports;

namespace StepFlow.Testing;

/// <summary>A host without durability: executions live in memory and end with the process. For tests and trials.</summary>
public sealed class InMemoryHost : IExecutionHost
{
    private readonly InMemoryRunner _runner;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, InMemoryExecution> _executions = new(StringComparer.Ordinal);
    private readonly List<InMemoryExecution> _order = [];

    /// <summary>A host.</summary>
    /// <param name="options">What the executions work with.</param>
    public InMemoryHost(InMemoryOptions options) => _runner = new(options, Add);

    /// <summary>Runs in memory what this host does not keep (synchronous Express executions).</summary>
    public InMemoryRunner Runner => _runner;

    /// <inheritdoc/>
    public Task<StartOutcome> StartAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        InMemoryExecution execution = _runner.Create(CompiledMachines.Get(request.Definition), request, null, CancellationToken.None);
        lock (_gate)
        {
            if (_executions.TryGetValue(request.Start.ExecutionArn, out InMemoryExecution? known))
            {
                return Task.FromResult(new StartOutcome(known.ToRecord(), false));
            }

            Add(execution);
        }

        execution.Begin();
        _ = StopChildrenAsync(execution);
        return Task.FromResult(new StartOutcome(execution.ToRecord(), true));
    }

    /// <inheritdoc/>
    public Task<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken) =>
        Task.FromResult(Find(executionArn)?.ToRecord());

    /// <inheritdoc/>
    public Task<Page<ExecutionSummary>> ListAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        List<ExecutionRecord> found;
        lock (_gate)
        {
            found = [.. _order.AsEnumerable().Reverse().Select(execution => execution.ToRecord()).Where(record => Matches(record, query))];
        }

        int from = query.After is { } after ? found.FindIndex(record => record.Start.ExecutionArn == after) + 1 : 0;
        List<ExecutionRecord> page = found.GetRange(from, Math.Min(query.Count, found.Count - from));
        return Task.FromResult(new Page<ExecutionSummary>([.. page.Select(ExecutionSummary.Of)], from + page.Count < found.Count ? page[^1].Start.ExecutionArn : null));
    }

    /// <inheritdoc/>
    public Task<HistoryPage> HistoryAsync(string executionArn, long? after, int count, bool reverse, CancellationToken cancellationToken)
    {
        IEnumerable<HistoryEvent> events = Find(executionArn)?.History ?? [];
        events = reverse
            ? events.Reverse().Where(item => after is null || item.Id < after)
            : events.Where(item => after is null || item.Id > after);
        return Task.FromResult(HistoryPage.Take(events, count));
    }

    /// <inheritdoc/>
    public Task<bool> SignalAsync(string executionArn, Signal signal, CancellationToken cancellationToken) =>
        Find(executionArn) is { } execution ? execution.SignalAsync(signal) : Task.FromResult(false);

    /// <inheritdoc/>
    public Task<ExecutionRecord?> WaitAsync(string executionArn, CancellationToken cancellationToken) =>
        _runner.InsideAsync(async () =>
        {
            if (Find(executionArn) is not { } execution)
            {
                return null;
            }

            await execution.Completion.WaitAsync(cancellationToken);
            return execution.ToRecord();
        });

    private static bool Matches(ExecutionRecord record, ExecutionQuery query) =>
        (query.StateMachineArn is null || (record.Start.StateMachineArn == query.StateMachineArn && record.Start.MapRunArn is null))
        && (query.QualifiedArn is null || record.Start.StateMachineVersionArn == query.QualifiedArn || record.Start.StateMachineAliasArn == query.QualifiedArn)
        && (query.MapRunArn is null || record.Start.MapRunArn == query.MapRunArn)
        && (query.Status is null || record.Status == query.Status)
        && (query.Redriven is null || record.RedriveCount > 0 == query.Redriven);

    /// <summary>What an execution started is stopped together with it.</summary>
    private async Task StopChildrenAsync(InMemoryExecution parent)
    {
        await ((Task)parent.Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (parent.Status != ExecutionStatus.Aborted)
        {
            return;
        }

        List<InMemoryExecution> children;
        lock (_gate)
        {
            children = _order.FindAll(execution => execution.Request.ParentExecutionArn == parent.Start.ExecutionArn);
        }

        foreach (InMemoryExecution child in children)
        {
            await child.StopAsync(null, null);
        }
    }

    private InMemoryExecution? Find(string executionArn)
    {
        lock (_gate)
        {
            return _executions.GetValueOrDefault(executionArn);
        }
    }

    private void Add(InMemoryExecution execution)
    {
        lock (_gate)
        {
            _executions[execution.Start.ExecutionArn] = execution;
            _order.Add(execution);
        }
    }
}
