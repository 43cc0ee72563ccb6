namespace StepFlow.Execution.History;

/// <summary>
/// The payloads of history events: inputs, outputs, parameters, assigned variables. Hosts that store large payloads
/// outside their events use it.
/// </summary>
public static class EventPayloads
{
    /// <summary>The payloads of an event.</summary>
    /// <returns>Each with the variable that it was assigned to; null for the input, the output or the parameters.</returns>
    public static IEnumerable<(string? Variable, JsonValue Value)> Of(HistoryEvent historyEvent)
    {
        JsonValue? main = historyEvent.Details switch
        {
            ExecutionStartedDetails details => details.Input,
            StateEnteredDetails details => details.Input,
            StateExitedDetails details => details.Output,
            TaskScheduledDetails details => details.Parameters,
            LambdaFunctionScheduledDetails details => details.Input,
            ActivityScheduledDetails details => details.Input,
            TaskOutputDetails details => details.Output,
            OutputDetails details => details.Output,
            _ => null,
        };
        if (main is not null)
        {
            yield return (null, main);
        }

        if (historyEvent.Details is StateExitedDetails { AssignedVariables: { } variables })
        {
            foreach ((string name, JsonValue value) in variables)
            {
                yield return (name, value);
            }
        }
    }

    /// <summary>The event with one payload replaced. The text as it was sent is removed, so the value's own text is shown.</summary>
    /// <param name="variable">Which payload, as <see cref="Of"/> names it.</param>
    /// <param name="value">The payload.</param>
    /// <exception cref="ArgumentException">The event has no such payload.</exception>
    public static HistoryEvent With(HistoryEvent historyEvent, string? variable, JsonValue value) => new()
    {
        Id = historyEvent.Id,
        PreviousEventId = historyEvent.PreviousEventId,
        Timestamp = historyEvent.Timestamp,
        Type = historyEvent.Type,
        Details = variable is null ? WithMain(historyEvent, value) : WithVariable(historyEvent, variable, value),
    };

    private static EventDetails WithMain(HistoryEvent historyEvent, JsonValue value) => historyEvent.Details switch
    {
        ExecutionStartedDetails details => details with { Input = value, InputText = null },
        StateEnteredDetails details => details with { Input = value, InputText = null },
        StateExitedDetails details => details with { Output = value },
        TaskScheduledDetails details => details with { Parameters = value },
        LambdaFunctionScheduledDetails details => details with { Input = value },
        ActivityScheduledDetails details => details with { Input = value },
        TaskOutputDetails details => details with { Output = value },
        OutputDetails details => details with { Output = value },
        _ => throw NoPayload(historyEvent),
    };

    private static StateExitedDetails WithVariable(HistoryEvent historyEvent, string variable, JsonValue value) =>
        historyEvent.Details is StateExitedDetails { AssignedVariables: { } variables } details
            ? details with { AssignedVariables = variables.With(variable, value) }
            : throw NoPayload(historyEvent);

    private static ArgumentException NoPayload(HistoryEvent historyEvent) =>
        new($"An event of the type {historyEvent.Type} has no such payload.", nameof(historyEvent));
}
