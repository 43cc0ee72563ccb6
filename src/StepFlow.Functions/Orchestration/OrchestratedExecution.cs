using Microsoft.DurableTask;
using StepFlow.Execution;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Functions.Activities;
using StepFlow.Service.MapRuns;

namespace StepFlow.Functions.Orchestration;

/// <summary>
/// One execution inside its orchestration: turns commands into activities, durable timers, external events and
/// sub-orchestrations, and feeds what completes back as signals, one at a time. Deterministic: the only clock is the
/// context's, and everything else comes from the input.
/// </summary>
internal sealed class OrchestratedExecution
{
    /// <summary>After so many completions the orchestration continues as new when no activity runs: a replay costs as much as the history is long.</summary>
    public const int CompletionsPerGeneration = 100;

    /// <summary>After so many it starts no further activity until those that run have ended, so that the moment comes.</summary>
    public const int CompletionsBeforeHolding = 400;

    private readonly TaskOrchestrationContext _context;
    private readonly OrchestrationPayloads _payloads;
    private readonly ExecutionInput _input;
    private readonly HistoryBuffer _history;
    private readonly FlightBoard _flights = new();
    private readonly Queue<Signal> _signals = new();
    private WorkflowExecution _execution = null!;
    private TaskCalls _calls = null!;
    private int _completions;

    public OrchestratedExecution(TaskOrchestrationContext context)
    {
        _context = context;
        _payloads = new(context);
        _input = context.GetInput<ExecutionInput>()
            ?? throw new InvalidOperationException($"The orchestration {context.InstanceId} was started without an input.");
        _history = new(_input.UnsavedHistory);
    }

    private DateTimeOffset Now => new(_context.CurrentUtcDateTime, TimeSpan.Zero);

    private string ExecutionArn => _execution.StartedWith.ExecutionArn;

    /// <summary>Runs to the end, or to the point where it continues as new.</summary>
    /// <returns>The output; null where it continues as new.</returns>
    public async Task<Payload?> RunAsync()
    {
        _execution = await ExecutionStarts.RestoreAsync(_input, _payloads);
        _calls = new(_context, _payloads, _flights, _execution.StartedWith, _input);
        _calls.WaitForStop();
        if (_input.Redrive)
        {
            await TakeAsync(_execution.Advance(new Redrive(Now)));
        }
        else
        {
            await TakeAsync(new([], _execution.Outstanding));
        }

        while (_execution.Status == ExecutionStatus.Running)
        {
            if (await NextAsync() is not { } signal)
            {
                continue;
            }

            Turn turn = _execution.Advance(signal);
            if (ContinuesAsNew(turn))
            {
                await ContinueAsync(turn);
                return null;
            }

            await TakeAsync(turn);
        }

        return await FinishAsync();
    }

    /// <summary>The next signal; null where what completed no longer matters.</summary>
    private async Task<Signal?> NextAsync()
    {
        if (_signals.TryDequeue(out Signal? queued))
        {
            return queued;
        }

        InFlight done = await _flights.NextAsync();
        _completions++;
        return done.Task switch
        {
            Task<MapRunOutcome> run => MapRunEnded(done.Id, await run),
            _ => await _calls.SignalAsync(done),
        };
    }

    /// <summary>Keeps a turn's events and performs its commands.</summary>
    private async Task TakeAsync(Turn turn)
    {
        _history.Add(turn.Events);
        foreach (Command command in turn.Commands)
        {
            await PerformAsync(command);
        }

        _context.SetCustomStatus(ProgressStatus.Of(_execution));

        // Events ride along with the next activity. Where none runs, none may come for long; people should see them all the same.
        if (_execution.Status == ExecutionStatus.Running && _signals.Count == 0 && !_flights.HasActivities)
        {
            await AppendAsync(_history.TakeAll());
        }
    }

    private async Task PerformAsync(Command command)
    {
        switch (command)
        {
            case RunTask when _completions >= CompletionsBeforeHolding:
                // The next generation performs it: the snapshot holds every command that has no answer.
                break;
            case RunTask run:
                List<HistoryChunk> history = _history.TakeAll();
                await AppendAsync(history.SkipLast(1));
                await _calls.RunAsync(run, history.LastOrDefault());
                break;
            case StartTimer timer:
                _flights.StartTimer(timer.Id, cancellation => _context.CreateTimer(timer.Due.UtcDateTime, cancellation));
                break;
            case StartMapRun map:
                StartMapRun(map);
                break;
            default:
                await _calls.CancelAsync(command.Id);
                break;
        }
    }

    private void StartMapRun(StartMapRun command) => _flights.Add(command.Id, InFlightKind.Activity, MapRun.RunAsync(
        new()
        {
            Command = command,
            Parent = _execution.StartedWith,
            Children = new OrchestratedChildren(_context, _payloads, _input, command.State.Name),
            Objects = new OrchestratedObjects(_context, _payloads),
            Clock = new OrchestrationClock(_context),
            Started = arn => _signals.Enqueue(new MapRunStarted(Now, command.Id, arn)),
        },
        _flights.CancellationOf(command.Id)));

    private Signal? MapRunEnded(string id, MapRunOutcome? outcome) => outcome switch
    {
        null => null,
        { Error: { } error } => new MapRunFailed(Now, id, error.Name, error.Cause),
        _ => new MapRunSucceeded(Now, id, outcome.Result!),
    };

    private bool ContinuesAsNew(Turn turn) =>
        _completions >= CompletionsPerGeneration
        && _execution.Status == ExecutionStatus.Running
        && _signals.Count == 0
        && !_flights.HasActivitiesBut(turn.Commands.OfType<CancelTask>().Select(c => c.Id));

    /// <summary>Goes on in a new generation. Timers, waits and commands without an answer are the snapshot's to give again.</summary>
    private async Task ContinueAsync(Turn turn)
    {
        _history.Add(turn.Events);
        List<HistoryChunk> history = _history.TakeAll();
        await AppendAsync(history.SkipLast(1));
        Payload snapshot = await ExecutionStarts.CaptureAsync(_execution, _payloads);
        _flights.CancelTimers();
        _context.ContinueAsNew(
            _input with { Snapshot = snapshot, Redrive = false, UnsavedHistory = [.. history.TakeLast(1)], Accepted = _calls.Accepted },
            preserveUnprocessedEvents: true);
    }

    /// <summary>The one last flush, and the record that outlives the orchestration.</summary>
    private async Task<Payload?> FinishAsync()
    {
        _flights.CancelTimers();
        List<HistoryChunk> history = _history.TakeAll();
        await AppendAsync(history.SkipLast(1));
        var end = new ExecutionEnd
        {
            ExecutionArn = ExecutionArn,
            Status = _execution.Status,
            StopTime = _execution.StopTime ?? Now,
            Output = _execution.Output is { } value ? await _payloads.WriteAsync(value) : null,
            Error = _execution.Error?.Name,
            Cause = _execution.Error?.Cause,
            EventCount = _execution.EventCount,
            RedriveCount = _execution.RedriveCount,
            RedriveTime = _execution.RedriveTime,
            Snapshot = _execution.Status == ExecutionStatus.Succeeded ? null : await ExecutionStarts.CaptureAsync(_execution, _payloads),
            History = history.LastOrDefault(),
        };
        await _context.CallActivityAsync(ActivityNames.FinishExecution, end, ActivityOptions.Retried);
        if (_input.NotifyInstance is { } waiting)
        {
            _context.SendEvent(waiting, EventNames.Child(_context.InstanceId), new TaskEvent { Kind = TaskEventKind.Succeeded });
        }

        return end.Status == ExecutionStatus.Succeeded
            ? end.Output
            : throw new ExecutionEndedException(end.Status, end.Error, end.Cause);
    }

    private async Task AppendAsync(IEnumerable<HistoryChunk> chunks)
    {
        foreach (HistoryChunk chunk in chunks)
        {
            await _context.CallActivityAsync(ActivityNames.AppendHistory, new HistoryMessage(ExecutionArn, chunk), ActivityOptions.Retried);
        }
    }
}
