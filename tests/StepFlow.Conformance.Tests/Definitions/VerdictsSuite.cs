using StepFlow.Conformance.Tests.Asl;
using StepFlow.Language;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;

namespace StepFlow.Conformance.Tests.Definitions;

/// <summary>
/// The recorded verdicts on definitions: the message of CreateStateMachine where it refuses one, the diagnostics of
/// ValidateStateMachineDefinition. And what the recordings imply: a definition that was executed is valid.
/// </summary>
public static class VerdictsSuite
{
    /// <summary>Runs the suite over a corpus.</summary>
    /// <param name="corpus">The folder that holds <c>asl</c>.</param>
    public static SuiteResult Run(string corpus)
    {
        int passed = 0;
        var failures = new List<(string, string)>();
        var skipped = new List<(string, string)>();
        var index = (JsonArray)JsonValue.Parse(File.ReadAllBytes(Path.Combine(corpus, "asl", "index.json")));
        foreach (JsonObject entry in index.Cast<JsonObject>())
        {
            string id = Text(entry, "id")!;
            string kind = Text(entry, "kind")!;
            var recorded = (JsonObject)JsonValue.Parse(File.ReadAllBytes(Path.Combine(corpus, "asl", Text(entry, "path")!)));
            string? difference;
            if (kind == "create-error")
            {
                JsonObject response = (JsonObject)((JsonObject)recorded["expected"]!).First().Value;
                if (Text(response["Error"], "Code") != "InvalidDefinition")
                {
                    skipped.Add((id, "the call is refused for another reason than its definition"));
                    continue;
                }

                difference = Creation(recorded, Text(response, "message")!);
            }
            else if (kind == "validate")
            {
                difference = Validation(recorded);
            }
            else if (kind is "execution" or "express-sync" or "express-async" or "interactive" or "mocked" or "logs" or "events" or "start-error")
            {
                difference = Load(recorded).Result is { IsSuccess: false } refused ? string.Join("; ", refused.Diagnostics) : null;
            }
            else
            {
                continue;
            }

            if (difference is null)
            {
                passed++;
            }
            else
            {
                failures.Add((id, difference));
            }
        }

        return new("verdicts", passed, failures, skipped);
    }

    private static string? Creation(JsonObject recorded, string expected)
    {
        (string text, LoadResult result) = Load(recorded);
        string actual = result.IsSuccess ? "accepted" : InvalidDefinitionMessage.Format(result.Diagnostics, text);
        return actual == expected ? null : $"expected {expected}, got {actual}";
    }

    private static string? Validation(JsonObject recorded)
    {
        LoadResult result = Load(recorded).Result;
        JsonArray actual = JsonArray.From(result.Diagnostics.Where(diagnostic => diagnostic.IsError).Select(diagnostic => (JsonValue)new JsonObjectBuilder()
            .Set("code", diagnostic.Code)
            .SetIfPresent("location", diagnostic.Location is { } location ? (JsonValue)location : null)
            .Set("message", diagnostic.Message)
            .Set("severity", "ERROR")
            .Build()));
        JsonValue expected = ((JsonObject)((JsonObject)recorded["expected"]!)["validation_response"]!)["diagnostics"]!;
        return actual == expected ? null : $"expected {expected}, got {actual}";
    }

    private static (string Text, LoadResult Result) Load(JsonObject recorded)
    {
        string text = recorded["definition"] is { } definition ? PythonJson.Write(definition) : Text(recorded, "definitionText")!;
        return (text, StateMachineLoader.Load(text, Text(recorded, "type") == "EXPRESS" ? StateMachineType.Express : StateMachineType.Standard));
    }

    private static string? Text(JsonValue? holder, string field) => ((holder as JsonObject)?[field] as JsonString)?.Value;
}
