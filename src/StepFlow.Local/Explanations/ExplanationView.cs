using System.Globalization;

namespace StepFlow.Local.Explanations;

/// <summary>Writes explanations as text: a block for each state, a line for each stage that changed something.</summary>
internal static class ExplanationView
{
    private const int LongestValue = 500;

    /// <summary>The stages in the order in which they process the data, with the names of their fields.</summary>
    private static readonly (string Stage, string Label)[] Stages =
    [
        ("input", "input"), ("variables", "variables"), ("afterInputPath", "InputPath"), ("afterParameters", "Parameters"), ("afterArguments", "Arguments"),
        ("result", "result"), ("afterResultSelector", "ResultSelector"), ("afterResultPath", "ResultPath"),
    ];

    public static void Write(TextWriter output, IReadOnlyList<(StateVisit Visit, JsonObject Stages)> explained)
    {
        foreach ((StateVisit visit, JsonObject stages) in explained)
        {
            output.WriteLine($"{visit.Entered.ToString("HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)} {visit.Name}");
            JsonValue? before = null;
            foreach ((string stage, string label) in Stages)
            {
                JsonValue? value = stages[stage] ?? (stage == "input" ? visit.Input : null);
                if (value is not null && (stage is "variables" or "result" || value != before))
                {
                    Line(output, label, value);
                    before = stage == "variables" ? before : value;
                }
            }

            foreach ((string error, string? cause) in visit.Failures)
            {
                output.WriteLine($"  {"failed",-15} {error} {cause}".TrimEnd());
            }

            Line(output, "Assign", visit.Assigned);
            Line(output, "output", visit.Output);
        }
    }

    /// <summary>The same for programs.</summary>
    public static JsonArray ToJson(IReadOnlyList<(StateVisit Visit, JsonObject Stages)> explained) => JsonArray.From(explained.Select(static one => (JsonValue)new JsonObjectBuilder()
        .Set("name", one.Visit.Name)
        .Set("input", one.Visit.Input)
        .Set("stages", one.Stages.Without("input"))
        .Set("failures", JsonArray.From(one.Visit.Failures.Select(static failure => (JsonValue)JsonObject.Create(("error", failure.Error), ("cause", failure.Cause ?? string.Empty)))))
        .SetIfPresent("assigned", one.Visit.Assigned)
        .SetIfPresent("output", one.Visit.Output)
        .Build()));

    private static void Line(TextWriter output, string label, JsonValue? value)
    {
        if (value is not null)
        {
            string text = value.ToString();
            output.WriteLine($"  {label,-15} {(text.Length <= LongestValue ? text : text[..LongestValue] + "…")}");
        }
    }
}
