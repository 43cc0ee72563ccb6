using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;
using StepFlow.Local.Records;
using StepFlow.Runtime.Definitions;
using StepFlow.Runtime.Tasks;

namespace StepFlow.Local.Engine;

/// <summary>Handles the items of an execution's inbox. Used by one thread at a time.</summary>
internal sealed partial class ExecutionActor(LocalEngine engine, ExecutionCell cell)
{
    /// <summary>An execution that is due within this time stays in memory, because loading it again would take longer.</summary>
    private const long SoonMilliseconds = 1000;

    /// <summary>The number of writes that may be queued while an execution continues without signals, so that it does not run faster than the disk.</summary>
    private const int WritesAhead = 2;

    /// <summary>The number of events after which an execution that continues without signals lets other executions run first.</summary>
    private const int EventsAtATime = 1000;

    private readonly PendingWork _pending = new();
    private ResidentExecution? _execution;
    private TurnWrite? _write;
    private ValueWriter? _values;
    private long? _registered;
    private long? _entered;
    private int _generation = 1;
    private int _uncommitted;
    private int _events;
    private bool _isContinuing;
    private bool _isWaitingForDisk;

    /// <summary>Whether the execution can leave memory.</summary>
    public bool MayLeave => _uncommitted == 0 && _suspended is null && (_execution is null || (!_pending.IsBusy && !IsDueSoon));

    /// <summary>Whether the execution has nothing to do until one of its tasks has an outcome.</summary>
    public bool IsWaitingForTasks => _pending.IsBusy && !_isWaitingForDisk && _suspended is null;

    private bool IsDueSoon => _pending.Timers.Earliest is { } due && due - engine.Now.ToUnixTimeMilliseconds() < SoonMilliseconds;

    public void Handle(InboxItem item)
    {
        if (_suspended is not null && _uncommitted > 0 && item is not (CommittedItem or FailedItem))
        {
            _held.Add(item);
            return;
        }

        try
        {
            Dispatch(item);
        }
        catch (DefinitionException e)
        {
            Refuse(item, e);
        }
        catch (Exception e)
        {
            Suspend(e);
            HandleSuspended(item, e);
        }
    }

    /// <summary>Submits the turns since the last call to the journal.</summary>
    public void Flush()
    {
        if (_execution is not { } execution)
        {
            return;
        }

        _isWaitingForDisk = false;
        try
        {
            if (_write is { } write)
            {
                Complete(execution, write);
                Submit(write);
            }

            AwaitTimer(execution);
        }
        catch (Exception e)
        {
            Suspend(e);
        }
    }

    private void Submit(TurnWrite write)
    {
        write.Close();
        _uncommitted++;
        _write = null;
        _events = 0;

        // A thread of the scheduler must not wait for the disk: other executions may need it.
        engine.Writer.Submit(write, mayCommitHere: Thread.CurrentThread.IsThreadPoolThread && engine.Scheduler.IsAlone);
    }

    /// <summary>The execution leaves memory. From now on its timers find it in the data file.</summary>
    public void Leave()
    {
        if (_entered is { } execution)
        {
            engine.Leave(execution, cell);
        }
    }

    private static void Refuse(InboxItem item, Exception reason)
    {
        switch (item)
        {
            case StartItem start:
                start.Done.TrySetException(reason);
                break;
            case SignalItem signal:
                signal.Done?.TrySetException(reason);
                break;
            case SubmittedItem submitted:
                submitted.Done.TrySetException(reason);
                break;
        }
    }

    private void Dispatch(InboxItem item)
    {
        switch (item)
        {
            case StartItem start:
                Start(start);
                break;
            case SignalItem signal:
                Receive(signal);
                break;
            case OutcomeItem outcome when _pending.IsPending(outcome.Task):
                Receive(outcome);
                break;
            case SubmittedItem submitted:
                Receive(submitted);
                break;
            case MapRunItem run when _pending.IsPending(run.Run):
                Advance(run.Signal(Tick()));
                break;
            case WakeItem:
                Wake();
                break;
            case RetryItem retry:
                Retry(retry);
                break;
            case CommittedItem committed:
                Committed(committed.Write);
                break;
            case FailedItem failed:
                Failed(failed);
                break;
        }
    }

    private void Start(StartItem item)
    {
        if (Load() is { } existing)
        {
            Respond(new PendingResponse<StartOutcome>(item.Done, () => new(existing.ToRecord(), Created: false)));
            return;
        }

        ExecutionRequest request = item.Request;
        PinnedDefinition definition = engine.Definitions.Get(request.Definition, request.Start.IsExpress);
        (WorkflowExecution workflow, Turn turn) = WorkflowExecution.StartBriefly(definition.Machine, request.Start);
        request = ReferenceEquals(workflow.StartedWith, request.Start) ? request : request with { Start = workflow.StartedWith };
        var created = new ResidentExecution(engine.NextExecution(), request, definition, workflow);
        Enter(created);
        TurnWrite write = Writing();
        write.Definition = definition;
        write.Created = ExecutionRows.Create(created, write.Payloads);
        AddTurn(turn, request.Start.StartTime, null);
        ExecutionRecord record = created.ToRecord();
        var response = new PendingResponse<StartOutcome>(item.Done, () => new(record, Created: true));
        if (workflow.StartedWith.DefersFirstTurn)
        {
            // The states follow at once, and may take long.
            write.EarlyResponse = response;
        }
        else
        {
            write.Respond(response);
        }
    }

    private void Receive(SignalItem item)
    {
        if (Load() is null || !Advance(InOrder(item.Signal), item.Done))
        {
            item.Done?.TrySetResult(false);
        }
        else if (item.Done is { } done)
        {
            Respond(new PendingResponse<bool>(done, static () => true));
        }
    }

    private void Receive(OutcomeItem item)
    {
        if (item.Outcome is TaskAccepted or TaskQueued)
        {
            // The call has ended. The task is completed from outside later.
            _pending.Accept(item.Task);
        }

        if (TaskSignals.Of(item.Outcome, Tick(), item.Task.Command.Id) is not { } signal || !Advance(signal))
        {
            NoteProgress();
        }
    }

    private void Receive(SubmittedItem item)
    {
        if (_pending.IsPending(item.Task))
        {
            Advance(new TaskSubmitted(Tick(), item.Task.Command.Id, item.Output));
        }

        Respond(new PendingResponse<bool>(item.Done, static () => true));
    }

    private void Wake()
    {
        _isContinuing = false;
        if (Load() is null)
        {
            return;
        }

        // The timer has fired, so it is no longer set.
        _registered = null;
        while (_events < EventsAtATime && _pending.Timers.TakeDue(engine.Now.ToUnixTimeMilliseconds()) is { } timer)
        {
            Advance(new TimerFired(Tick(), timer));
        }
    }

    /// <summary>Makes the turn of a signal.</summary>
    /// <param name="caller">Completed when the signal is durable, even if its turn takes long. Null if no caller waits.</param>
    /// <returns>False if the execution does not wait for the signal.</returns>
    private bool Advance(Signal signal, TaskCompletionSource<bool>? caller = null)
    {
        WorkflowExecution workflow = _execution!.Workflow;
        if (!workflow.IsAwaiting(signal))
        {
            return false;
        }

        if (signal is TaskSubmitted or MapRunStarted && _pending.IsSubmitted(signal.CommandId!))
        {
            // It was already reported before a restart.
            return true;
        }

        Turn turn = workflow.Advance(signal, caller is null ? null : Acceptance(signal, caller, workflow.EventCount));
        _pending.Complete(signal);
        AddTurn(turn, signal.Time, signal);
        if (signal is TaskStarted started && _pending.Find(started.TaskId) is { } task)
        {
            (Writing().StartedActivities ??= []).Add(task.Token);
        }

        return true;
    }
}
