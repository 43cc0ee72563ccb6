using System.Globalization;
using StepFlow.Execution.Commands;

namespace StepFlow.Execution.Interpretation;

/// <summary>The commands whose signals have not been received yet, and the commands of this turn.</summary>
internal sealed class PendingCommands
{
    private static readonly IReadOnlyList<Command> None = [];

    private readonly Dictionary<string, PendingCommand> _pending = new(StringComparer.Ordinal);
    private readonly List<PendingCommand> _added = [];
    private List<Command?> _turn = [];

    /// <summary>The number of the newest command.</summary>
    public long LastNumber { get; set; }

    /// <summary>A new id. Ids are counted, so they are the same on every replay and show the order.</summary>
    public string NewId(string sort) => string.Create(CultureInfo.InvariantCulture, $"{sort}-{++LastNumber}");

    public PendingCommand? Find(string id) => _pending.GetValueOrDefault(id);

    /// <summary>Adds a command to this turn.</summary>
    public void Add(Command command, CommandPurpose purpose, Frame? frame)
    {
        PendingCommand pending = Restore(command, purpose, frame);
        pending.IndexInTurn = _turn.Count;
        _turn.Add(command);
        _added.Add(pending);
    }

    /// <summary>Adds a command of an earlier turn.</summary>
    public PendingCommand Restore(Command command, CommandPurpose purpose, Frame? frame)
    {
        long number = long.Parse(command.Id.AsSpan(command.Id.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        var pending = new PendingCommand(command, purpose, frame, number);
        _pending.Add(command.Id, pending);
        return pending;
    }

    /// <summary>The last signal of a command has come.</summary>
    public void Complete(string id) => _pending.Remove(id);

    /// <summary>Cancels a command. If it is of this turn, it is removed.</summary>
    public void Cancel(string id)
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

    public void CancelAll()
    {
        foreach (PendingCommand pending in InOrder())
        {
            Cancel(pending.Command.Id);
        }
    }

    public IReadOnlyList<PendingCommand> InOrder() => InOrder(0, static (_, _) => true);

    /// <summary>The pending commands that meet a condition, in the order of their numbers.</summary>
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

    /// <summary>Ends a turn: its commands, without those that were removed.</summary>
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
