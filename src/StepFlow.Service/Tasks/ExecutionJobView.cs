namespace StepFlow.Service.Tasks;

/// <summary>An ended execution as the result, or the cause, of the task that waited for it.</summary>
internal static class ExecutionJobView
{
    /// <summary>The members of a failed execution.</summary>
    private static readonly HashSet<string> OfFailure = new(StringComparer.Ordinal)
    {
        "Cause", "Error", "ExecutionArn", "Input", "InputDetails", "Name", "Output", "OutputDetails", "StartDate", "StateMachineArn", "Status", "StopDate",
        "StateMachineVersionArn", "StateMachineAliasArn",
    };

    /// <summary>The view: members in alphabetical order, dates in milliseconds since 1970.</summary>
    /// <param name="described">The response of DescribeExecution.</param>
    /// <param name="parsed">Whether input and output are JSON values rather than their texts (<c>.sync:2</c>).</param>
    /// <param name="succeeded">Whether it ended well.</param>
    public static JsonObject Of(JsonObject described, bool parsed, bool succeeded)
    {
        var view = new JsonObjectBuilder(described.Count);
        foreach (KeyValuePair<string, JsonValue> member in described.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            string name = WireNames.Pascal(member.Key);
            if (succeeded || OfFailure.Contains(name))
            {
                view.Set(name, Value(member, parsed));
            }
        }

        return view.Build();
    }

    private static JsonValue Value(KeyValuePair<string, JsonValue> member, bool parsed) => member switch
    {
        { Key: "startDate" or "stopDate" or "redriveDate", Value: JsonNumber date } => (long)Math.Round(date.ToDouble() * 1000),
        { Key: "input" or "output", Value: JsonString text } when parsed => JsonValue.ParseOrNull(text.Value) ?? text,
        { Key: "inputDetails" or "outputDetails", Value: JsonObject details } => JsonObject.Create(("Included", details["included"]!)),
        _ => member.Value,
    };
}
