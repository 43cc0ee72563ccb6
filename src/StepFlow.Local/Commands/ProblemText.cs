namespace StepFlow.Local.Commands;

/// <summary>A problem of an execution as text.</summary>
internal static class ProblemText
{
    /// <summary>Writes problems in the form of the REST API, one in each line.</summary>
    public static void Write(TextWriter output, JsonValue? problems)
    {
        foreach (JsonObject problem in (problems as JsonArray ?? JsonArray.Empty).OfType<JsonObject>())
        {
            output.WriteLine(Of(problem));
        }
    }

    private static string Of(JsonObject problem)
    {
        string execution = problem.Text("executionArn") is { } arn ? arn + ": " : string.Empty;
        string subject = (problem.Text("kind"), problem.Text("stateName")) switch
        {
            ("SUSPENDED", _) => "suspended",
            ("MAP_RUN_REPEATED", var state) => $"the Map Run of the state {state} is repeated",
            (_, var state) => $"the task of the state {state} is repeated",
        };
        string attempts = problem["failedAttempts"] is JsonNumber number && number.TryGetInt64(out long count) && count > 0
            ? $", {count} {(count == 1 ? "attempt" : "attempts")} failed"
            : string.Empty;
        string since = problem["firstFailureDate"] is { } first ? $" since {CommandTime.Short(first)}" : string.Empty;
        string next = problem["nextAttemptDate"] is { } due ? $" (next attempt {CommandTime.Short(due)})" : string.Empty;
        return $"{execution}{subject}{attempts}{since}: {problem.Text("reason")}{next}";
    }
}
