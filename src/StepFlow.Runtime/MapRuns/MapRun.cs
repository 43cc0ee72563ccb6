using StepFlow.Execution.Commands;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// Runs the items of a distributed Map as executions of their own (Amazon States Language, "Map State", distributed
/// mode), from one process: works out the children, runs them within the concurrency, stops at too many failures, writes
/// the results. Keeps nothing itself: repeating a run gives the same names, so a host that keeps its children can
/// repeat the whole run after a crash.
/// </summary>
public sealed class MapRun
{
    private readonly MapRunRequest _request;
    private readonly StartMapRun _command;
    private readonly MapRunNames _names;
    private readonly StateMachine _machine;
    private readonly MapRunTally _tally;

    private MapRun(MapRunRequest request)
    {
        _request = request;
        _command = request.Command;
        _names = new(request.Parent, _command);
        _machine = new()
        {
            Source = JsonObject.Empty,
            Graph = _command.State.Processor,
            QueryLanguage = _command.State.Processor.Start.QueryLanguage,
        };
        _tally = new(new(_names.Arn, new(), new()) { Settings = MapRunSettings.Of(_command) }, request.Progress);
    }

    /// <summary>Runs to the end.</summary>
    /// <param name="request">What the run works with.</param>
    /// <param name="cancellationToken">Gives up: the children are stopped.</param>
    /// <returns>How it ended; null where it was given up.</returns>
    public static Task<MapRunOutcome?> RunAsync(MapRunRequest request, CancellationToken cancellationToken) =>
        new MapRun(request).RunAsync(cancellationToken);

    private async Task<MapRunOutcome?> RunAsync(CancellationToken cancellationToken)
    {
        if (_command.RedrivenMapRunArn is null)
        {
            _request.Started(_names.Arn);
        }

        Outcome<IReadOnlyList<MapRunEntry>> plan = await MapRunPlan.MakeAsync(
            _command, _names, _request.Parent, _request.Objects, _request.Clock, cancellationToken);
        if (!plan.IsSuccess)
        {
            return new(null, plan.Error);
        }

        _tally.Plan([.. plan.Value.Select(static entry => entry.Items)]);
        bool tolerated = await RunChildrenAsync(plan.Value, cancellationToken);
        if (cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        Outcome<JsonValue> result = await new ResultWriter(_command, _names, _request.Objects, _request.Clock).WriteAsync(plan.Value, cancellationToken);
        if (!tolerated)
        {
            return new(null, MapRunErrors.TooManyFailures());
        }

        _tally.Written();
        return result.IsSuccess ? new(result.Value, null) : new(null, result.Error);
    }

    /// <summary>Runs all children within the concurrency. False where more failed than tolerated; the others are stopped then.</summary>
    private async Task<bool> RunChildrenAsync(IReadOnlyList<MapRunEntry> entries, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        MapRunControl control = _request.Control?.Invoke(_names.Arn, MapRunSettings.Of(_command)) ?? new(MapRunSettings.Of(_command));
        int next = 0;
        int active = 0;
        bool tolerated = true;
        var gate = new Lock();
        var workers = new List<Task>();

        // A higher concurrency takes effect at once, a lower one as children end.
        control.Changed += AddWorkers;
        AddWorkers();
        for (int i = 0; Worker(i) is { } worker; i++)
        {
            await worker;
        }

        control.Changed -= AddWorkers;
        return tolerated;

        Task? Worker(int at)
        {
            lock (gate)
            {
                return at < workers.Count ? workers[at] : null;
            }
        }

        void AddWorkers()
        {
            while (true)
            {
                lock (gate)
                {
                    if (next >= entries.Count || active >= control.Settings.Room || stop.IsCancellationRequested)
                    {
                        return;
                    }

                    active++;
                }

                Task worker = WorkAsync();
                lock (gate)
                {
                    workers.Add(worker);
                }
            }
        }

        async Task WorkAsync()
        {
            while (true)
            {
                MapRunEntry entry;
                lock (gate)
                {
                    if (next >= entries.Count || active > control.Settings.Room || stop.IsCancellationRequested)
                    {
                        active--;
                        return;
                    }

                    entry = entries[next++];
                    _tally.Running(entry.Items);
                }

                entry.StartTime = _request.Clock.GetUtcNow();
                var child = new MapRunChild(entry.Index, _machine, _names.ChildStart(entry, entry.StartTime)) { IsRedriven = _command.RedrivenMapRunArn is not null };
                MapRunChildResult result = await _request.Children.RunAsync(child, stop.Token);
                bool exceeded;
                lock (gate)
                {
                    entry.Result = result;
                    _tally.Ended(entry.Items, result.Status);
                    exceeded = tolerated && !stop.IsCancellationRequested && _tally.Exceeds(control.Settings);
                    tolerated &= !exceeded;
                }

                if (exceeded)
                {
                    // On this thread: the others are told before anything else starts.
                    stop.Cancel();
                }
            }
        }
    }
}
