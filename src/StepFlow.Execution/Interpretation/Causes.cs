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
        $"The state '{state}' produced a value of {bytes} bytes. A value can have at most {most} bytes. This limit protects the host. Store large data elsewhere and pass its address.");

    public static string ExecutionTooLarge(string state, long most) => string.Create(
        CultureInfo.InvariantCulture,
        $"With the data of the state '{state}' the execution uses more than {most} bytes at a time. This limit protects the host. Store large data elsewhere and pass its address, or use a distributed Map.");

    public static string HistoryTooLarge(long most) => string.Create(
        CultureInfo.InvariantCulture,
        $"The execution produced more than {most} bytes of data in total. This is the limit of Express executions, because their history is in memory. Use a Standard state machine.");

    public static string Defect(Exception exception) =>
        $"The state could not be evaluated because of a defect in StepFlow ({exception.GetType().Name}: {exception.Message}). The host's log has the stack trace. Please report it.";

    public static string HistoryFull(long limit) => string.Create(
        CultureInfo.InvariantCulture, $"The execution reached the maximum number of history events ({limit}).");
}
