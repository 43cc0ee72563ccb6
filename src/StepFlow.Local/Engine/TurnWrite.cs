using StepFlow.Execution.History;
using StepFlow.Local.Journal;
using StepFlow.Local.Records;

namespace StepFlow.Local.Engine;

/// <summary>The turns that an execution made since its last write, with everything that becomes durable with them.</summary>
internal sealed class TurnWrite(ExecutionCell cell, long execution, int generation, int payloadThreshold) : JournalWrite
{
    private (long LastEvent, int End) _firstTurn;
    private List<(long LastEvent, int End)>? _moreTurns;
    private Action? _firstCommand;
    private List<Action>? _moreCommands;
    private List<IPendingResponse>? _responses;
    private bool _skipped;
    private long _size;

    /// <summary>How often the execution had to return to its stored state.</summary>
    public int Generation => generation;

    public RecordWriter Record { get; } = new();

    public PayloadSet Payloads { get; } = new(payloadThreshold);

    /// <summary>Set where this write creates the execution.</summary>
    public ExecutionRow? Created { get; set; }

    public PinnedDefinition? Definition { get; set; }

    /// <summary>Set where the row's progress changed.</summary>
    public ExecutionProgress? Progress { get; set; }

    public (long LastEvent, byte[] Data)? Snapshot { get; set; }

    /// <summary>Tokens of activity tasks that workers have taken. Null for none.</summary>
    public List<string>? StartedActivities { get; set; }

    /// <summary>Whether one of the commands starts a task.</summary>
    public bool StartsTask { get; set; }

    /// <summary>A call that completes when the turns are durable, even while the execution makes its next turn. Null for none.</summary>
    public IPendingResponse? EarlyResponse { get; set; }

    /// <summary>The events of all turns, if there is an observer.</summary>
    public List<HistoryEvent>? Observed { get; set; }

    /// <summary>The execution after these turns, if the observer or a caller needs it.</summary>
    public ExecutionRecord? Outcome { get; set; }

    /// <summary>Whether the execution ended in these turns.</summary>
    public bool Ended { get; set; }

    /// <summary>Whether it was stopped in these turns, so that its children must be stopped too.</summary>
    public bool Stopped { get; set; }

    /// <summary>Whether the execution needs the notice of the commit only when one of the tasks that it starts has an outcome. Set when the write is closed.</summary>
    public bool IsQuiet { get; private set; }

    public override long Size => _size;

    /// <summary>Calculates its size. Nothing is added after this.</summary>
    public void Close()
    {
        _size = Record.Length + Payloads.References.Sum(static payload => payload.Data?.LongLength ?? 0) + (Snapshot?.Data.LongLength ?? 0);
        IsQuiet = StartsTask && _responses is null
            && this is { EarlyResponse: null, Observed: null, Definition: null, Snapshot: null, Payloads.References.Count: 0, Ended: false };
    }

    /// <summary>Adds a command to perform when the turns are durable. It only starts work, because the journal's writer waits for it.</summary>
    public void Perform(Action command)
    {
        if (_firstCommand is null)
        {
            _firstCommand = command;
        }
        else
        {
            (_moreCommands ??= []).Add(command);
        }
    }

    /// <summary>Adds a call that completes when the turns are durable.</summary>
    public void Respond(IPendingResponse response) => (_responses ??= []).Add(response);

    public void CompleteResponses() => _responses?.ForEach(static response => response.Complete());

    public void FailResponses(Exception reason) => _responses?.ForEach(response => response.Fail(reason));

    public void EndTurn(long lastEvent)
    {
        if (_firstTurn.End == 0)
        {
            _firstTurn = (lastEvent, Record.Length);
        }
        else
        {
            (_moreTurns ??= []).Add((lastEvent, Record.Length));
        }
    }

    /// <summary>Discards turns that were not submitted.</summary>
    public void Discard(Exception reason)
    {
        Record.Dispose();
        EarlyResponse?.Fail(reason);
        FailResponses(reason);
    }

    public override bool MayBeRefused => Created is { Parent: null, MapRun: null };

    public override void Delayed(Exception reason)
    {
        // The turns stay queued and are written later, so no work is repeated. The callers get an error with that reason.
        EarlyResponse?.Fail(reason);
        EarlyResponse = null;
        FailResponses(reason);
        _responses = null;
    }

    public override void Apply(JournalStatements statements)
    {
        _skipped = generation <= cell.FailedGeneration;
        if (_skipped)
        {
            return;
        }

        if (Created is not null)
        {
            if (!Definition!.IsStored)
            {
                statements.InsertDefinition(Definition.Id, Definition.Hash, Definition.Utf8);
            }

            statements.InsertExecution(Created, Progress!);
        }
        else if (Progress is not null)
        {
            statements.UpdateExecution(execution, Progress);
        }

        if (_firstTurn.End > 0)
        {
            statements.AppendTurn(execution, _firstTurn.LastEvent, Record.Written[.._firstTurn.End]);
        }

        int start = _firstTurn.End;
        foreach ((long lastEvent, int end) in _moreTurns ?? [])
        {
            statements.AppendTurn(execution, lastEvent, Record.Written[start..end]);
            start = end;
        }

        foreach (StoredPayload payload in Payloads.References)
        {
            statements.InsertPayload(execution, payload);
        }

        StartedActivities?.ForEach(statements.Activities.Start);
        if (Snapshot is { } snapshot)
        {
            statements.PutSnapshot(execution, snapshot.LastEvent, snapshot.Data);
        }
    }

    public override void Committed()
    {
        if (_skipped)
        {
            Failed(new InvalidOperationException("Turns before these could not be written."));
            return;
        }

        Record.Dispose();
        EarlyResponse?.Complete();
        var item = new CommittedItem(this);
        if (!IsQuiet || !cell.PostQuietly(item))
        {
            cell.Post(item);
        }

        _firstCommand?.Invoke();
        _moreCommands?.ForEach(static command => command());
    }

    public override void Failed(Exception reason)
    {
        cell.FailedGeneration = Math.Max(cell.FailedGeneration, generation);
        Record.Dispose();
        EarlyResponse?.Fail(reason);
        cell.Post(new FailedItem(this, reason));
    }
}

/// <summary>A call that waits until turns are durable.</summary>
internal interface IPendingResponse
{
    void Complete();

    void Fail(Exception reason);
}

internal sealed class PendingResponse<T>(TaskCompletionSource<T> done, Func<T> response) : IPendingResponse
{
    public void Complete() => done.TrySetResult(response());

    public void Fail(Exception reason) => done.TrySetException(reason);
}
