using StepFlow.Execution.History;

namespace StepFlow.Runtime.History;

/// <summary>The size of the payloads of history events.</summary>
public static class EventSize
{
    /// <summary>The bytes of an event's payloads as text, about; 0 where it has none.</summary>
    public static long PayloadBytes(HistoryEvent entry) => entry.Details switch
    {
        ExecutionStartedDetails started => Of(started.Input, started.InputText),
        StateEnteredDetails entered => Of(entered.Input, entered.InputText),
        StateExitedDetails exited => exited.Output.Utf8Length + (exited.AssignedVariables?.Utf8Length ?? 0),
        OutputDetails output => output.Output.Utf8Length,
        FailureDetails failure => failure.Cause?.Length ?? 0,
        TaskScheduledDetails scheduled => scheduled.Parameters.Utf8Length,
        LambdaFunctionScheduledDetails scheduled => scheduled.Input.Utf8Length,
        ActivityScheduledDetails scheduled => scheduled.Input.Utf8Length,
        TaskOutputDetails output => output.Output.Utf8Length,
        TaskFailureDetails failure => failure.Cause?.Length ?? 0,
        EvaluationFailedDetails failed => failed.Cause?.Length ?? 0,
        _ => 0,
    };

    private static long Of(JsonValue value, string? text) => text?.Length ?? value.Utf8Length;
}
