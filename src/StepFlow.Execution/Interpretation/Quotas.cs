namespace StepFlow.Execution.Interpretation;

/// <summary>Holds payloads and variables against the quotas in force.</summary>
internal static class Quotas
{
    /// <summary>Whether a payload is larger than a quota. Without a quota nothing is measured.</summary>
    public static bool IsOver(JsonValue value, int? most) => most is { } bytes && value.Utf8Length > bytes;

    /// <summary>Checks what leaves a state.</summary>
    /// <param name="root">The frame of the state machine.</param>
    /// <param name="frame">The frame that leaves the state.</param>
    /// <returns>The failure; null where all is within its quota.</returns>
    public static StatesError? Check(Limits limits, Frame root, Frame frame, JsonValue output, JsonObject? assigned)
    {
        if (IsOver(output, limits.PayloadBytes))
        {
            return TooLarge(frame.State.Name);
        }

        if (assigned is null)
        {
            return null;
        }

        bool isTooLarge = IsOver(assigned, limits.AssignBytes);
        foreach (KeyValuePair<string, JsonValue> variable in assigned.AsSpan())
        {
            isTooLarge |= IsOver(variable.Value, limits.VariableBytes);
        }

        if (limits.ExecutionVariableBytes is { } most)
        {
            long grown = frame.Variables.Assign(assigned).Own.Utf8Length - frame.Variables.Own.Utf8Length;
            isTooLarge |= VariableBytes(root) + grown > most;
        }

        return isTooLarge ? Exceeded(Causes.VariablesTooLarge(frame.State.Name)) : null;
    }

    /// <summary>A result that is larger than the quota.</summary>
    /// <param name="subject">The state, or what the task called.</param>
    public static StatesError TooLarge(string subject) => Exceeded(Causes.TooLarge(subject));

    /// <summary>More data than is allowed. The cause names the state by itself.</summary>
    public static StatesError Exceeded(string cause) => new(ErrorNames.DataLimitExceeded, cause) { RaisedByInterpreter = false };

    private static long VariableBytes(Frame frame)
    {
        long size = frame.Variables.Own.Utf8Length;
        foreach (Frame? child in frame.Group?.Frames ?? [])
        {
            size += child is null ? 0 : VariableBytes(child);
        }

        return size;
    }
}
