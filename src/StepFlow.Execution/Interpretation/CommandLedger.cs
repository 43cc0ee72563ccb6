using System.Globalization;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Frames;

namespace StepFlow.Execution.Interpretation;

/// <summary>What a command's answer is for.</summary>
internal enum CommandPurpose
{
    Task,
    TaskTimeout,
    TaskHeartbeat,
    Wait,
    Backoff,
    MapRun,
    Deadline,
    Continue,
}

/// <summary>A command that waits for its answer.</summary>
internal sealed class PendingCommand(Command command, CommandPurpose purpose, Frame? frame, long number)
{
    public Command Command { get; } = command;

    public CommandPurpose Purpose { get; } = purpose;

    /// <summary>The frame that waits; null for the execution itself.</summary>
    public Frame? Frame { get; } = frame;

    /// <summary>Its place in the order of all commands.</summary>
    public long Number { get; } = number;

    /// <summary>Its index among the commands of this turn; -1 once the turn is over.</summary>
    public int IndexInTurn { get; set; } = -1;
}

/// <summary>The commands that wait for an answer, and those of this turn.</summary>
internal sealed class CommandLedger
{
    private static readonly IReadOnlyList<Command> None = [];

    private readonly Dictionary<string, PendingCommand> _pending = new(StringComparer.Ordinal);
    private readonly List<PendingCommand> _added = [];
    private List<Command?> _turn = [];

    /// <summary>The last number given.</summary>
    public long LastNumber { get; set; }

    /// <summary>How many commands wait.</summary>
    public int Count => _pending.Count;

    /// <summary>A new id. Ids count up, so that they are the same on every replay and tell the order.</summary>
    public string NewId(string sort) => string.Create(CultureInfo.InvariantCulture, $"{sort}-{++LastNumber}");

    public PendingCommand? Find(string id) => _pending.GetValueOrDefault(id);

    /// <summary>Gives a command in this turn.</summary>
    public void Add(Command command, CommandPurpose purpose, Frame? frame)
    {
        PendingCommand pending = Restore(command, purpose, frame);
        pending.IndexInTurn = _turn.Count;
        _turn.Add(command);
        _added.Add(pending);
    }

    /// <summary>Takes in a command that was given in an earlier turn.</summary>
    public PendingCommand Restore(Command command, CommandPurpose purpose, Frame? frame)
    {
        long number = long.Parse(command.Id.AsSpan(command.Id.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        var pending = new PendingCommand(command, purpose, frame, number);
        _pending.Add(command.Id, pending);
        return pending;
    }

    /// <summary>An answer came.</summary>
    public void Settle(string id) => _pending.Remove(id);

    /// <summary>The answer no longer counts. A command of this turn is taken back, any other is cancelled.</summary>
    public void Withdraw(string id)
    {
        if (!_pending.Remove(id, out PendingCommand? pending))
        {
            return;
        }

        if (pending.IndexInTurn >= 0)
        {
            _turn[pending.IndexInTurn] = null;
            return;
        }

        _turn.Add(pending.Command switch
        {
            RunTask => new CancelTask(id),
            StartTimer => new CancelTimer(id),
            _ => new CancelMapRun(id),
        });
    }

    public void WithdrawAll()
    {
        foreach (PendingCommand pending in InOrder())
        {
            Withdraw(pending.Command.Id);
        }
    }

    /// <summary>The commands that wait, in the order they were given.</summary>
    public IReadOnlyList<PendingCommand> InOrder() => InOrder(0, static (_, _) => true);

    /// <summary>Those commands that wait to which a condition applies, in the order they were given.</summary>
    public IReadOnlyList<PendingCommand> InOrder<T>(T argument, Func<PendingCommand, T, bool> condition)
    {
        var chosen = new List<PendingCommand>();
        foreach (PendingCommand pending in _pending.Values)
        {
            if (condition(pending, argument))
            {
                chosen.Add(pending);
            }
        }

        chosen.Sort(static (left, right) => left.Number.CompareTo(right.Number));
        return chosen;
    }

    /// <summary>Ends a turn: its commands, without those that were taken back.</summary>
    public IReadOnlyList<Command> TakeTurn()
    {
        foreach (PendingCommand pending in _added)
        {
            pending.IndexInTurn = -1;
        }

        _added.Clear();
        if (_turn.Count == 0)
        {
            return None;
        }

        List<Command?> turn = _turn;
        _turn = [];
        turn.RemoveAll(static command => command is null);
        return turn!;
    }
}
