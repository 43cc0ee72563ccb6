using System.Diagnostics.CodeAnalysis;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;
using StepFlow.Local.Journal;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Problems;
using StepFlow.Runtime.Scheduling;

namespace StepFlow.Local.Engine;

/// <summary>
/// A Map Run of an execution. Its children are separate executions, so after a restart the run is repeated and
/// finds the children that were started before. After a failure of the host, only the affected child is repeated.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The sources have neither timer nor link: there is nothing to dispose.")]
internal sealed class LocalMapRun(ExecutionCell cell, ExecutionRequest parent, int redriveCount, StartMapRun command, MapRunParts parts, ProblemRegistry problems, ILogger logger) : IMapRunChildren
{
    /// <summary>The size of the inputs that are read ahead, in bytes.</summary>
    private const long ReadAheadBytes = 8 * 1024 * 1024;

    private readonly MapRunNames _names = new(parent.Start, command);
    private readonly CancellationTokenSource _cancellation = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly RepeatPause _pause = new(parts.Clock);
    private readonly Lock _gate = new();
    private DateTimeOffset? _failing;
    private int _failures;

    public string Id => command.Id;

    private bool IsAbandoned => _abandon.IsCancellationRequested || parts.Stopping.IsCancellationRequested;

    /// <summary>Cancels the run and stops its children.</summary>
    public void Cancel()
    {
        _cancellation.CancelAsync().LogFailure(logger, $"stop the children of Map Run {Id} of {cell.Arn}");
        problems.Clear(cell.Arn, Id);
    }

    /// <summary>Ends the pauses before the next attempts.</summary>
    /// <returns>Whether there were any.</returns>
    public bool RepeatNow() => _pause.End();

    /// <summary>Ends the run without an outcome. Its Standard children run on. It is repeated when its execution is resumed.</summary>
    public void Abandon() => _abandon.CancelAsync().LogFailure(logger, $"abandon Map Run {Id} of {cell.Arn}");

    /// <summary>Runs until the run has ended or was cancelled, or the host stops.</summary>
    public void Begin() => _ = Task.Run(async () =>
    {
        await using CancellationTokenRegistration stopping = parts.Stopping.Register(_abandon.Cancel);
        try
        {
            await RepeatAsync(
                async () =>
                {
                    await RunOnceAsync();
                    return true;
                },
                _abandon.Token);
        }
        catch (Exception e) when (IsAbandoned || e is ObjectDisposedException)
        {
            // If the run is still needed, its execution starts it again: now, or after the next start of the host.
        }
    });

    public Task<MapRunChildResult> RunAsync(MapRunChild child, CancellationToken stop, CancellationToken abandon) =>
        RepeatAsync(() => RunOnceAsync(child, stop, abandon), abandon);

    public ValueTask ReadyAsync(CancellationToken cancellationToken) =>
        command.State.IsExpress ? parts.Express.ReadyAsync(cancellationToken) : ValueTask.CompletedTask;

    /// <summary>Repeats an action after a defect of this program or an outage of the disk, with pauses. Neither is a failure of the workflow.</summary>
    /// <param name="abandon">Ends the repetition.</param>
    private async Task<T> RepeatAsync<T>(Func<Task<T>> run, CancellationToken abandon)
    {
        while (true)
        {
            TimeSpan pause;
            try
            {
                T result = await run();
                Went();
                return result;
            }
            catch (Exception e) when (!abandon.IsCancellationRequested && !IsAbandoned && e is not ObjectDisposedException)
            {
                pause = Failed(e);
            }

            await _pause.WaitAsync(pause, abandon);
            abandon.ThrowIfCancellationRequested();
        }
    }

    private void Went()
    {
        lock (_gate)
        {
            if (_failures == 0)
            {
                return;
            }

            _failures = 0;
            _failing = null;
            problems.Clear(cell.Arn, Id);
        }
    }

    private TimeSpan Failed(Exception reason)
    {
        lock (_gate)
        {
            DateTimeOffset now = parts.Clock.GetUtcNow();
            TimeSpan pause = RepeatPause.After(++_failures);
            _failing ??= now;
            string text = Outages.ReasonOf(reason);
            LocalLogs.MapRunFailed(logger, Outages.IsOutage(reason) ? null : reason, Id, cell.Arn, _failures, text, pause.TotalSeconds);
            problems.Set(new()
            {
                ExecutionArn = cell.Arn,
                Kind = ExecutionProblemKind.MapRunRepeated,
                CommandId = Id,
                StateName = command.State.Name,
                Reason = text,
                FailedAttempts = _failures,
                Since = _failing,
                NextAttempt = now + pause,
            });
            if (_cancellation.IsCancellationRequested)
            {
                // The run was cancelled before this problem was reported.
                problems.Clear(cell.Arn, Id);
            }

            return pause;
        }
    }

    private async Task RunOnceAsync()
    {
        MapRunOutcome? outcome = await MapRunner.RunAsync(
            new()
            {
                Command = command,
                Parent = parent.Start,
                Children = this,
                Outcomes = parts.Outcomes(ToRow(), _names, parent.Start.ExecutionArn, redriveCount),
                ReadAheadBytes = ReadAheadBytes,
                Objects = parts.Objects,
                Clock = parts.Clock,
                Control = parts.Control,
                Started = arn => Post(time => new MapRunStarted(time, command.Id, arn)),
                Abandon = _abandon.Token,
                Progress = parts.Progress is { } progress ? tally => progress(parent.Start.ExecutionArn, tally) : null,
            },
            _cancellation.Token);
        if (outcome is not null)
        {
            Post(time => outcome.ToSignal(time, command.Id));
        }
    }

    private Task<MapRunChildResult> RunOnceAsync(MapRunChild child, CancellationToken stop, CancellationToken abandon) =>
        child.Start.IsExpress ? parts.Express.RunAsync(child, parent, stop, abandon) : RunStandardAsync(child, stop, abandon);

    private async Task<MapRunChildResult> RunStandardAsync(MapRunChild child, CancellationToken stop, CancellationToken abandon)
    {
        string arn = child.Start.ExecutionArn;
        StartOutcome start = await parts.Host.StartAsync(parent.ForChild(child.Start, _names.ChildDefinition()), CancellationToken.None);
        if (!start.Created && IsToRedrive(start.Execution))
        {
            await parts.Host.SignalAsync(arn, new Redrive(parts.Clock.GetUtcNow()), CancellationToken.None);
        }

        ExecutionRecord ended;
        await using (stop.Register(() => StopAsync(arn).LogFailure(logger, $"stop child {arn} of a Map Run")))
        {
            ended = (await parts.Host.WaitAsync(arn, abandon))!;
        }

        return MapRunChildResult.Of(ended, parts.Clock);
    }

    private async Task StopAsync(string arn)
    {
        try
        {
            await RepeatAsync(() => parts.Host.SignalAsync(arn, new Stop(parts.Clock.GetUtcNow(), null, null), CancellationToken.None), _abandon.Token);
        }
        catch (Exception e) when (IsAbandoned || e is ObjectDisposedException)
        {
            // The host stops, or the execution is suspended. Afterwards the run is repeated, and then it stops the child.
        }
    }

    private MapRunRow ToRow() => new(
        0,
        _names.Arn,
        command.State.IsExpress ? MapRunNames.ExpressChildPrefix(_names.Arn) : null,
        _names.MachineArn,
        parent.Start.RoleArn,
        _names.ChildDefinition(),
        command.State.ItemBatcher is not null);

    /// <summary>
    /// Whether this run must redrive a child that did not succeed. A child that was redriven as often as its
    /// parent was already redriven by this run, before a restart.
    /// </summary>
    private bool IsToRedrive(ExecutionRecord child) => command.RedrivenMapRunArn is not null
        && child.Status is not (ExecutionStatus.Succeeded or ExecutionStatus.Running)
        && child.RedriveCount < redriveCount;

    private void Post(Func<DateTimeOffset, Signal> signal)
    {
        if (!IsAbandoned)
        {
            cell.Post(new MapRunItem(this, signal));
        }
    }
}

/// <summary>The dependencies of Map Runs.</summary>
/// <param name="Host">Runs the children.</param>
/// <param name="Objects">Storage for items and results. Null for none.</param>
/// <param name="Progress">Called with an execution's ARN when the counts of its run have changed. Null for no call.</param>
internal sealed record MapRunParts(IExecutionHost Host, IObjectStore? Objects, TimeProvider Clock, Action<string, MapRunTally>? Progress)
{
    public required ExpressChildren Express { get; init; }

    /// <summary>Cancelled when the host stops. Runs end without an outcome then.</summary>
    public required CancellationToken Stopping { get; init; }

    /// <summary>Creates the recorder of a run's outcomes. The last two arguments are the ARN and the redrive count of the run's execution.</summary>
    public required Func<MapRunRow, MapRunNames, string, int, IMapRunOutcomes> Outcomes { get; init; }

    /// <summary>Returns the settings of a run, which can change while it runs. Null if they cannot change.</summary>
    public Func<string, MapRunSettings, MapRunControl>? Control { get; init; }
}
