using System.Globalization;

namespace StepFlow.Execution;

/// <summary>The texts of the failures that the interpreter itself raises, as Step Functions writes them.</summary>
internal static class Causes
{
    public const string NoChoiceMatched = "Failed to transition out of the state. The state does not point to a next state";

    public static string InState(string name, long enteredEventId, string? cause) => string.Create(
        CultureInfo.InvariantCulture,
        $"An error occurred while executing the state '{name}' (entered at the event id #{enteredEventId}). {cause}");

    public static string TooLarge(string subject) =>
        $"The state/task '{subject}' returned a result with a size exceeding the maximum number of bytes service limit.";

    public static string VariablesTooLarge(string state) =>
        $"The state '{state}' assigned variables with a size exceeding the maximum number of bytes service limit.";

    public static string HistoryFull(int limit) => string.Create(
        CultureInfo.InvariantCulture, $"The execution reached the maximum number of history events ({limit}).");
}
