using Microsoft.DurableTask;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Functions.Orchestration;

/// <summary>
/// One execution inside its orchestration. It performs commands with activities, durable timers, external events and
/// sub-orchestrations, and passes their completions as signals, one at a time. Deterministic: all data comes from the
/// input and from completions, which contain their times. The context's clock is not used: a turn whose messages were
/// sent and whose history was lost (a crash, a moved partition) runs again later, and must send the same messages.
/// </summary>
internal sealed class OrchestratedExecution
{
    /// <summary>
    /// After this number of completions the orchestration continues as new when no activity runs, because the cost of a replay grows
    /// with the history. Activities that move payloads and history also count, and so do the bytes that they add.
    /// </summary>
    public const int CompletionsPerGeneration = 100;

    /// <summary>After so many it starts no further activity until those that run have ended, so that the moment comes.</summary>
    public const int CompletionsBeforeHolding = 400;

    /// <summary>As many bytes of payloads weigh as much as one completion.</summary>
    private const int BytesPerCompletion = 16 * 1024;

    /// <summary>How much too early a timer can fire: a queue of Azure Storage delays a message by whole seconds, rounded down.</summary>
    private static readonly TimeSpan TimerResolution = TimeSpan.FromSeconds(1);

    private readonly TaskOrchestrationContext _context;
    private readonly OrchestrationPayloads _payloads;
    private readonly ExecutionInput _input;
    private readonly HistoryBuffer _history;
    private readonly PendingOperations _pending = new();
    private readonly Queue<Signal> _signals = new();
    private readonly List<Signal> _taken = [];
    private AcceptedTasks _accepted = new();
    private Func<WorkflowExecution> _restore = null!;
    private WorkflowExecution _execution = null!;
    private TaskCalls _calls = null!;
    private MapRunCalls _mapRuns = null!;
    private long _lastTask;
    private int _completions;
    private bool _runsAlone;

    public OrchestratedExecution(TaskOrchestrationContext context)
    {
        _context = context;
        _input = context.GetInput<ExecutionInput>()
            ?? throw new InvalidOperationException($"The orchestration {context.InstanceId} was started without an input.");
        _payloads = new(context, _input.RefersToParts);
        _history = new(_input.UnsavedHistory, _input.SparesMessages);
        _lastTask = _input.LastTask;
    }

    private long Load => _completions + _payloads.Calls + (_payloads.Bytes / BytesPerCompletion);

    private string ExecutionArn => _execution.StartedWith.ExecutionArn;

    /// <summary>
    /// A Map Run can take any time, and can depend on a task of this execution. A task that was cancelled
    /// can also take any time. Then nothing is delayed.
    /// </summary>
    private bool Holds => Load >= CompletionsBeforeHolding && !_pending.HasMapRun && !_pending.HasAbandoned;

    private bool ContinuesAsNew =>
        Load >= CompletionsPerGeneration
        && _execution.Status == ExecutionStatus.Running
        && _signals.Count == 0
        && !_pending.HasWork
        && !_pending.HasAbandoned;

    /// <summary>Runs to the end, or to the point where it continues as new.</summary>
    /// <returns>How it ended; null where it continues as new.</returns>
    public async Task<ExecutionEnd?> RunAsync()
    {
        _restore = await ExecutionSnapshots.OpenAsync(_input, _payloads);
        _execution = _restore();
        _accepted = _input.Accepted is { } accepted ? AcceptedTasks.Read(await _payloads.ReadWholeAsync(accepted)) : new();
        _calls = new(_context, _payloads, _pending, new(_context, _payloads, () => _execution, _input.MockTestCase), _accepted, _history) { RepeatedChanged = ShowStatus };
        _mapRuns = new(_context, _payloads, _pending, _input.Definition);
        _calls.WaitForRequests();
        await TakeAsync(_input.RedriveTime is { } redriven ? await AdvanceAsync(new Redrive(redriven)) : new([], _execution.Outstanding));
        while (_execution.Status == ExecutionStatus.Running)
        {
            Signal? signal = await NextAsync();
            Turn turn = signal is null ? new([], []) : await AdvanceAsync(signal);
            _history.Add(turn.Events);
            foreach (Command cancellation in turn.Commands.Where(IsCancellation))
            {
                Cancel(cancellation.Id);
            }

            // The commands of this turn that are not performed yet are in the snapshot. The next generation performs them.
            if (ContinuesAsNew && await TryContinueAsync())
            {
                return null;
            }

            await TakeAsync(new([], [.. turn.Commands.Where(command => !IsCancellation(command))]));
        }

        return await FinishAsync();
    }

    /// <summary>Applies a signal. If a state reads a value that is stored outside, the value is loaded and the signal is applied again.</summary>
    private async Task<Turn> AdvanceAsync(Signal signal)
    {
        bool isUsable = true;
        Turn turn = await _payloads.WithContentAsync(() =>
        {
            if (!isUsable)
            {
                _execution = _restore();
                _taken.ForEach(earlier => _execution.Advance(earlier));
            }

            isUsable = false;
            return _execution.Advance(signal);
        });
        _taken.Add(signal);
        if (turn.Defects.Count > 0)
        {
            DefectLog.Write(_context.CreateReplaySafeLogger<OrchestratedExecution>(), _execution.StartedWith.ExecutionArn, turn);
        }

        return turn;
    }

    private static bool IsCancellation(Command command) => command is CancelTask or CancelTimer or CancelMapRun;

    /// <summary>The next signal; null if the completion is no longer needed.</summary>
    private async Task<Signal?> NextAsync()
    {
        if (_signals.TryDequeue(out Signal? queued))
        {
            return queued;
        }

        PendingOperation done = await _pending.NextAsync();

        // A cancelled activity is not counted, so that generations of earlier versions are replayed with the same end.
        _completions += done.Kind == PendingOperationKind.Left ? 0 : 1;
        return done.Task is Task<MapRunEnd> run ? await _mapRuns.SignalAsync(done.Id, await run) : await _calls.SignalAsync(done);
    }

    private void Cancel(string id)
    {
        if (!_mapRuns.Cancel(id))
        {
            _calls.Cancel(id);
        }
    }

    /// <summary>Keeps a turn's events and performs its commands.</summary>
    private async Task TakeAsync(Turn turn)
    {
        _history.Add(turn.Events);
        _runsAlone = !_pending.HasActivity && turn.Commands.Count(static command => command is RunTask or StartMapRun) == 1;
        foreach (Command command in turn.Commands)
        {
            await PerformAsync(command);
        }

        ShowStatus();

        // Events are sent in the message of the next activity. If none runs, there may be none for a long time, but users should see the events.
        if (_execution.Status == ExecutionStatus.Running && _signals.Count == 0 && !_pending.HasActivity)
        {
            await AppendAsync(await _history.TakeAllAsync(_payloads));
        }
    }

    private void ShowStatus() => _context.SetCustomStatus(ProgressStatus.Of(_execution, _lastTask, _calls.Repeated));

    private async Task PerformAsync(Command command)
    {
        switch (command)
        {
            case RunTask or StartMapRun when Holds:
                // The next generation performs it, because the snapshot contains every command without an outcome.
                break;
            case RunTask run:
                await RunAsync(run);
                break;
            case StartTimer timer:
                _pending.Add(timer.Id, PendingOperationKind.Timer, cancellation => UntilAsync(timer, cancellation));
                break;
            case StartMapRun map:
                await StartAsync(map);
                break;
            default:
                throw new InvalidOperationException($"{command.GetType().Name} is not a command that this host knows.");
        }
    }

    /// <summary>
    /// Waits until a timer is due, with one durable timer, independently of the clock. The durable timer is set later by as much as
    /// it can fire early, so it is at most a second late. A timer that only ends a turn is due immediately.
    /// </summary>
    private Task UntilAsync(StartTimer timer, CancellationToken cancellationToken)
    {
        DateTimeOffset due = timer.Due <= _execution.Now ? timer.Due : timer.Due + TimerResolution;
        return _context.CreateTimer(due.UtcDateTime, cancellationToken);
    }

    private async Task RunAsync(RunTask run)
    {
        _lastTask = Math.Max(_lastTask, ProgressStatus.NumberOf(run.Id));
        if (_calls.IsAccepted(run.Id))
        {
            await _calls.ResumeAsync(run);
            return;
        }

        await _calls.RunAsync(run, await TakeLastAsync(), _runsAlone);
    }

    private async Task StartAsync(StartMapRun command)
    {
        string arn = await _mapRuns.StartAsync(_execution, command);
        if (command.RedrivenMapRunArn is null)
        {
            _signals.Enqueue(new MapRunStarted(_execution.Now, command.Id, arn));
        }
    }

    /// <summary>Continues in a new generation. False if something has completed in the meantime, because it would be lost.</summary>
    private async Task<bool> TryContinueAsync()
    {
        IReadOnlyList<HistoryChunk> history = await TakeLastAsync();
        Payload snapshot = await ExecutionSnapshots.CaptureAsync(_execution, _payloads);
        Payload? accepted = _accepted.IsEmpty ? null : await _payloads.WriteAsync(_accepted.Write());
        if (_pending.HasCompleted)
        {
            _history.PutBack(history);
            return false;
        }

        _pending.CancelTimers();
        _context.ContinueAsNew(
            _input with
            {
                Snapshot = snapshot,
                RedriveTime = null,
                UnsavedHistory = history,
                Accepted = accepted,
                LastTask = _lastTask,
                RefersToParts = true,
            },
            preserveUnprocessedEvents: true);
        return true;
    }

    /// <summary>
    /// The end. For a success it is the orchestration's output, and is stored after the instance has completed. A failed instance
    /// stores only a message, so the data for a redrive is stored before it fails. An instance with an activity whose outcome is no longer
    /// needed completes only when the activity has ended.
    /// </summary>
    private async Task<ExecutionEnd> FinishAsync()
    {
        _pending.CancelTimers();
        while (_calls.IsStarting)
        {
            await _calls.SignalAsync(await _pending.NextAsync());
        }

        _history.AllTasksEnded();
        IReadOnlyList<HistoryChunk> history = await TakeLastAsync();
        var end = new ExecutionEnd
        {
            ExecutionArn = ExecutionArn,
            InstanceId = _context.InstanceId,
            Status = _execution.Status,
            StopTime = _execution.StopTime ?? _execution.Now,
            Output = _execution.Output is { } value ? await _payloads.WriteAsync(value) : null,
            Error = _execution.Error?.Name,
            Cause = await _payloads.WriteTextAsync(_execution.Error?.Cause),
            EventCount = _execution.EventCount,
            RedriveCount = _execution.RedriveCount,
            RedriveTime = _execution.RedriveTime,
            Snapshot = _execution.Status == ExecutionStatus.Succeeded ? null : await ExecutionSnapshots.CaptureAsync(_execution, _payloads),
            History = history is [.., var last] ? last : null,
            EarlierHistory = [.. history.SkipLast(1)],
        };
        bool isStoredLater = _input.SparesMessages && end.Status == ExecutionStatus.Succeeded && !_pending.HasAbandoned;
        if (!isStoredLater)
        {
            await _context.CallActivityAsync(ActivityNames.FinishExecution, end, ActivityOptions.Retried);
        }

        if (_input.NotifyInstance is { } waiting)
        {
            _context.SendEvent(waiting, EventNames.Child(_context.InstanceId), new TaskEvent { Kind = TaskEventKind.Succeeded });
        }

        // The activity that stores the end later reports it, together with others.
        if (_input.MapChild is { } child && !isStoredLater)
        {
            _context.SendEvent(child.InstanceId, EventNames.EndedChild, new EndedChild(child.Index, end.Status, child.Items));
        }

        // The end is stored. The instance completes only when its activities have ended, and by then they have reported what must be stopped.
        while (_calls.IsLeaving)
        {
            await _calls.SignalAsync(await _pending.NextAsync());
        }

        return end.Status == ExecutionStatus.Succeeded
            ? end
            : throw new ExecutionEndedException(end.Status, _execution.Error?.Name, _execution.Error?.Cause);
    }

    /// <summary>Takes the history that must be stored. What does not fit into one message is stored, and the rest is returned.</summary>
    private async Task<IReadOnlyList<HistoryChunk>> TakeLastAsync()
    {
        List<HistoryChunk> history = await _history.TakeAllAsync(_payloads);
        int last = CountFitting(history.AsEnumerable().Reverse());
        await AppendAsync([.. history.SkipLast(last)]);
        return [.. history.TakeLast(last)];
    }

    private async Task AppendAsync(List<HistoryChunk> chunks)
    {
        while (chunks.Count > 0)
        {
            int count = CountFitting(chunks);
            _completions++;
            int? stored = await _context.CallActivityAsync<int?>(
                ActivityNames.AppendHistory, new HistoryMessage(ExecutionArn, chunks[0]) { Further = [.. chunks.Take(count).Skip(1)] }, ActivityOptions.Retried);
            chunks = [.. chunks.Skip(stored ?? 1)];
        }
    }

    private int CountFitting(IEnumerable<HistoryChunk> chunks) => _input.SparesMessages ? HistoryBuffer.CountFitting(chunks) : chunks.Take(1).Count();
}
