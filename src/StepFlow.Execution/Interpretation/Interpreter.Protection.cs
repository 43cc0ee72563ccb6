namespace StepFlow.Execution.Interpretation;

/// <summary>Protects the host from an execution by bounds of its data, and the execution from defects of this program.</summary>
internal sealed partial class Interpreter
{
    private static readonly IReadOnlyList<Defect> NoDefects = [];

    private List<Defect>? _defects;

    // Bytes of data that this turn has produced.
    private long _turnBytes;

    /// <summary>The size of the execution's data at the last measurement, in bytes.</summary>
    public long HeldBytes { get; set; }

    /// <summary>The size of all values created since then, in bytes. The data is at most the sum of both.</summary>
    public long MadeBytes { get; set; }

    /// <summary>The size of all values that an Express execution has created, in bytes; 0 for other executions.</summary>
    public long HistoryBytes { get; set; }

    /// <summary>Counts data that a state produces, and compares it with the bounds.</summary>
    /// <param name="made">The data.</param>
    /// <returns>The failure; null where all is within the bounds.</returns>
    private StatesError? Bound(Frame frame, JsonValue made)
    {
        if (ReferenceEquals(made, frame.Input))
        {
            return null;
        }

        long bytes = made.Utf8Length;
        if (bytes > DataBounds.Value)
        {
            return Quotas.Exceeded(Causes.ValueTooLarge(frame.State.Name, bytes, DataBounds.Value));
        }

        _turnBytes += bytes;
        if (bytes >= ExpressionSteps.BytesPerStep)
        {
            Steps.Take(bytes / ExpressionSteps.BytesPerStep);
        }

        MadeBytes += bytes;
        HistoryBytes += Start.IsExpress ? bytes : 0;
        if (HeldBytes + MadeBytes <= DataBounds.Execution)
        {
            return null;
        }

        HeldBytes = DataBounds.Held(Root);
        MadeBytes = bytes;
        return HeldBytes + MadeBytes <= DataBounds.Execution
            ? null
            : Quotas.Exceeded(Causes.ExecutionTooLarge(frame.State.Name, DataBounds.Execution));
    }

    /// <summary>The result of an evaluation, or a failure if it is larger than the bounds allow.</summary>
    public Outcome<JsonValue> Check(Frame frame, Outcome<JsonValue> made) =>
        made.IsSuccess && Bound(frame, made.Value) is { } excess ? excess : made;

    /// <summary>Records a defect for the host.</summary>
    /// <returns>The failure that the workflow sees.</returns>
    private StatesError Report(Frame frame, Exception exception)
    {
        (_defects ??= []).Add(new(frame.State.Name, exception));
        string name = frame.State.QueryLanguage == Language.QueryLanguage.Jsonata ? ErrorNames.QueryEvaluationError : ErrorNames.Runtime;
        return new(name, Causes.Defect(exception));
    }

    /// <summary>The defects since the last call.</summary>
    public IReadOnlyList<Defect> TakeDefects()
    {
        IReadOnlyList<Defect> taken = _defects ?? NoDefects;
        _defects = null;
        return taken;
    }
}
