namespace StepFlow.Language.Evaluation;

/// <summary>
/// Counts the steps of an execution's expressions: a JSONata node that is evaluated, a value that a path visits, or 16 bytes
/// that are built. Steps are counted and time is not measured, so that a replay ends the same way.
/// </summary>
public sealed class ExpressionSteps
{
    /// <summary>How many bytes that are built count as one step.</summary>
    public const int BytesPerStep = 16;

    /// <summary>
    /// The most steps that the expressions of one state may take together, each time it is evaluated. Step Functions allows
    /// each expression five seconds. A definition of 64 KB has room for thousands of expressions, so a bound for each one alone
    /// would not protect the host.
    /// </summary>
    public const long MaxOfState = 10_000_000;

    private long _noticeAt = long.MaxValue;
    private Action? _notice;

    /// <summary>Whether everything that is evaluated shares one bound, because it belongs to one state. Otherwise each call of <see cref="BeginState"/> starts anew.</summary>
    public bool IsOfOneState { get; init; }

    /// <summary>The steps since the last call of <see cref="EndTurn"/>.</summary>
    public long InTurn { get; private set; }

    /// <summary>The steps that the current state may still take. Negative when it took too many.</summary>
    public long Left { get; private set; } = MaxOfState;

    /// <summary>The steps until the notice of <see cref="NotifyAfter"/>.</summary>
    internal long UntilNotice => _noticeAt - InTurn;

    /// <summary>The expressions of another state follow.</summary>
    public void BeginState()
    {
        if (!IsOfOneState)
        {
            Left = MaxOfState;
        }
    }

    /// <summary>A turn has ended. Its notice is no longer needed.</summary>
    public void EndTurn()
    {
        InTurn = 0;
        _noticeAt = long.MaxValue;
        _notice = null;
    }

    /// <summary>Calls an action once in this turn, as soon as the turn has taken more than a number of steps.</summary>
    /// <param name="notice">The action. It is called in the middle of an evaluation. An exception ends the evaluation.</param>
    public void NotifyAfter(long steps, Action notice) => (_noticeAt, _notice) = (steps, notice);

    /// <summary>Counts steps.</summary>
    /// <returns>False if the state has taken too many.</returns>
    public bool Take(long steps)
    {
        InTurn += steps;
        Left -= steps;
        if (InTurn > _noticeAt)
        {
            Notify();
        }

        return Left >= 0;
    }

    /// <summary>The turn has taken the steps of <see cref="NotifyAfter"/>.</summary>
    internal void Notify()
    {
        Action? notice = _notice;
        (_noticeAt, _notice) = (long.MaxValue, null);
        notice?.Invoke();
    }
}
