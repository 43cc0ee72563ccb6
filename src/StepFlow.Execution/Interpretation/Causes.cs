using System.Globalization;

namespace StepFlow.Execution.Interpretation;

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

    public static string ValueTooLarge(string state, long bytes, long most) => string.Create(
        CultureInfo.InvariantCulture,
        $"The state '{state}' made a value of {bytes} bytes. One value may have at most {most} bytes, to protect the host.");

    public static string ExecutionTooLarge(string state, long most) => string.Create(
        CultureInfo.InvariantCulture,
        $"With what the state '{state}' made, the execution holds more than {most} bytes of data at a time, which is the most that the host allows one execution.");

    public static string HistoryTooLarge(long most) => string.Create(
        CultureInfo.InvariantCulture,
        $"The execution made more than {most} bytes of data in all, which is the most that the host allows an Express execution.");

    public static string Defect(Exception exception) =>
        $"A fault in StepFlow made it impossible to evaluate the state ({exception.GetType().Name}: {exception.Message}). The host's log has the details.";

    public static string HistoryFull(long limit) => string.Create(
        CultureInfo.InvariantCulture, $"The execution reached the maximum number of history events ({limit}).");
}
