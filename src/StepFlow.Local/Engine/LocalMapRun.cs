using System.Diagnostics.CodeAnalysis;
using StepFlow.Execution;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;
using StepFlow.Local.Journal;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Problems;
using StepFlow.Runtime.Scheduling;

namespace StepFlow.Local.Engine;

/// <summary>
/// A Map Run of an execution: its children are executions of their own, so after a restart the run is repeated and
/// finds those that were started before. What fails in the host is repeated within the run: a child for itself.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has neither timer nor link: there is nothing to dispose.")]
internal sealed class LocalMapRun(ExecutionCell cell, ExecutionRequest parent, int redriveCount, StartMapRun command, MapRunParts parts, ProblemRegistry problems, ILogger logger) : IMapRunChildren
{
    /// <summary>Inputs of children that are read before those before them have started.</summary>
    private const long ReadAheadBytes = 8 * 1024 * 1024;

    private readonly MapRunNames _names = new(parent.Start, command);
    private readonly CancellationTokenSource _cancellation = new();
    private readonly RepeatPause _pause = new(parts.Clock);
    private readonly Lock _gate = new();
    private volatile bool _abandoned;
    private DateTimeOffset? _failing;
    private int _failures;

    public string Id => command.Id;

    /// <summary>Gives up the run: its children are stopped.</summary>
    public void Cancel()
    {
        _cancellation.CancelAsync().LogFailure(logger, $"stop the children of Map Run {Id} of {cell.Arn}");
        problems.Clear(cell.Arn, Id);
    }

    /// <summary>Ends the pauses before the next attempts.</summary>
    /// <returns>Whether there were any.</returns>
    public bool RepeatNow() => _pause.End();

    /// <summary>Forgets the run and leaves its children alone: it is repeated when its execution is taken up again.</summary>
    public void Abandon() => _abandoned = true;

    /// <summary>Runs; ends when the run has ended, was given up, or the host stops.</summary>
    public void Begin() => _ = Task.Run(async () =>
    {
        try
        {
            await RepeatAsync(async () =>
            {
                await RunOnceAsync();
                return true;
            });
        }
        catch (Exception e) when (_abandoned || e is ObjectDisposedException or OperationCanceledException)
        {
            // Its execution starts it anew where it is still wanted: now, or after the next start of the host.
        }
    });

    public Task<MapRunChildResult> RunAsync(MapRunChild child, CancellationToken cancellationToken) =>
        RepeatAsync(() => RunOnceAsync(child, cancellationToken));

    public ValueTask ReadyAsync(CancellationToken cancellationToken) =>
        command.State.IsExpress ? parts.Express.ReadyAsync(cancellationToken) : ValueTask.CompletedTask;

    /// <summary>Repeats what a fault of this program or an outage of the disk ended, with pauses: no workflow sees either.</summary>
    private async Task<T> RepeatAsync<T>(Func<Task<T>> run)
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
            catch (Exception e) when (!_abandoned && e is not (ObjectDisposedException or OperationCanceledException))
            {
                pause = Failed(e);
            }

            await _pause.WaitAsync(pause);
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
                // It was given up meanwhile, by somebody who could not know of this problem yet.
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
                Progress = parts.Progress is { } progress ? tally => progress(parent.Start.ExecutionArn, tally) : null,
            },
            _cancellation.Token);
        if (outcome is not null)
        {
            Post(time => outcome.ToSignal(time, command.Id));
        }
    }

    private Task<MapRunChildResult> RunOnceAsync(MapRunChild child, CancellationToken cancellationToken) =>
        child.Start.IsExpress ? parts.Express.RunAsync(child, parent, cancellationToken) : RunStandardAsync(child, cancellationToken);

    private async Task<MapRunChildResult> RunStandardAsync(MapRunChild child, CancellationToken cancellationToken)
    {
        string arn = child.Start.ExecutionArn;
        StartOutcome start = await parts.Host.StartAsync(parent.ForChild(child.Start, _names.ChildDefinition()), CancellationToken.None);
        if (!start.Created && IsToRedrive(start.Execution))
        {
            await parts.Host.SignalAsync(arn, new Redrive(parts.Clock.GetUtcNow()), CancellationToken.None);
        }

        ExecutionRecord ended;
        await using (cancellationToken.Register(() => StopAsync(arn).LogFailure(logger, $"stop child {arn} of a Map Run")))
        {
            ended = (await parts.Host.WaitAsync(arn, CancellationToken.None))!;
        }

        return MapRunChildResult.Of(ended, parts.Clock);
    }

    private async Task StopAsync(string arn)
    {
        try
        {
            await RepeatAsync(() => parts.Host.SignalAsync(arn, new Stop(parts.Clock.GetUtcNow(), null, null), CancellationToken.None));
        }
        catch (ObjectDisposedException)
        {
            // The host stops. After the next start the run is repeated, and stops the child then.
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
    /// Whether a child that ended without success is to go on in this run. One that was redriven as often as its
    /// execution has been through it already, before a restart.
    /// </summary>
    private bool IsToRedrive(ExecutionRecord child) => command.RedrivenMapRunArn is not null
        && child.Status is not (ExecutionStatus.Succeeded or ExecutionStatus.Running)
        && child.RedriveCount < redriveCount;

    private void Post(Func<DateTimeOffset, Signal> signal)
    {
        if (!_abandoned)
        {
            cell.Post(new MapRunItem(this, signal));
        }
    }
}

/// <summary>What Map Runs work with.</summary>
/// <param name="Host">Runs the children.</param>
/// <param name="Objects">Where items are read and results are written; null where there is no such place.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Progress">Called, with an execution's ARN, when the counts of its run have changed; null for nobody.</param>
internal sealed record MapRunParts(IExecutionHost Host, IObjectStore? Objects, TimeProvider Clock, Action<string, MapRunTally>? Progress)
{
    /// <summary>Runs Express children.</summary>
    public required ExpressChildren Express { get; init; }

    /// <summary>Records how the children of a run end; of the run's execution, the ARN and how often it was redriven.</summary>
    public required Func<MapRunRow, MapRunNames, string, int, IMapRunOutcomes> Outcomes { get; init; }

    /// <summary>Gives a run's settings, which may change while it runs; null where they stay as they are.</summary>
    public Func<string, MapRunSettings, MapRunControl>? Control { get; init; }
}
