using StepFlow.Conformance.Tests.Definitions;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.Jsonata;

namespace StepFlow.Conformance.Tests.Jsonata;

/// <summary>The test suite of jsonata-js: expression, data and bindings against the expected result or error.</summary>
public sealed class JsonataSuite
{
    /// <summary>The suite's name, as reports and the list of known failures give it.</summary>
    public const string Name = "jsonata";

    /// <summary>What the suite's own harness reports when an expression nests too deep or takes too long.</summary>
    private const string HarnessStopped = "U1001";

    /// <summary>An infinite loop ends with the limit on steps: enough for every case that ends, and soon reached.</summary>
    private const long StepLimit = 50_000_000;

    private readonly Dictionary<string, JsonValue> _datasets = new(StringComparer.Ordinal);

    private JsonataSuite(string folder)
    {
        foreach ((string name, JsonValue data) in (JsonObject)JsonValue.Parse(File.ReadAllBytes(Path.Combine(folder, "datasets.json"))))
        {
            _datasets.Add(name, data);
        }
    }

    /// <summary>Runs the suite over a corpus.</summary>
    /// <param name="corpus">The folder that holds <c>jsonata/cases.jsonl</c> and <c>jsonata/datasets.json</c>.</param>
    public static SuiteResult Run(string corpus)
    {
        string folder = Path.Combine(corpus, "jsonata");
        var suite = new JsonataSuite(folder);
        int passed = 0;
        var failures = new List<(string, string)>();
        foreach (string line in File.ReadLines(Path.Combine(folder, "cases.jsonl")))
        {
            if (line.Length == 0)
            {
                continue;
            }

            (string id, string? difference) = suite.RunCase(line);
            if (difference is null)
            {
                passed++;
            }
            else
            {
                failures.Add((id, difference));
            }
        }

        return new(Name, passed, failures, []);
    }

    private static string? Check(JsonObject item, JsonValue? value, JsonataError? error)
    {
        JsonValue? code = item["code"] ?? (item["error"] as JsonObject)?["code"];
        if (code is JsonString expected)
        {
            return CheckError(item, expected.Value, value, error);
        }

        if (error is not null)
        {
            return $"failed with {error} at {error.Position}";
        }

        if (item["undefinedResult"] is not null)
        {
            return value is null ? null : $"expected nothing, got {value}";
        }

        bool equal = item["unordered"] is not null ? SuiteEquality.SameItems(item["result"], value) : SuiteEquality.Equal(item["result"], value);
        return equal ? null : $"expected {item["result"]}, got {value?.ToString() ?? "nothing"}";
    }

    private static string? CheckError(JsonObject item, string code, JsonValue? value, JsonataError? error)
    {
        if (error is null)
        {
            return $"expected error {code}, got {value?.ToString() ?? "nothing"}";
        }

        bool stopped = code == HarnessStopped && error.Code is JsonataErrorCodes.TooDeep or JsonataErrorCodes.TooManySteps;
        if (error.Code != code && !stopped)
        {
            return $"expected error {code}, got {error}";
        }

        JsonValue? token = item["token"] ?? (item["error"] as JsonObject)?["token"];
        JsonValue? message = (item["error"] as JsonObject)?["message"];
        if (token is JsonString name && name.Value != error.Token)
        {
            return $"expected token {name.Value}, got {error.Token}";
        }

        return message is JsonString text && text.Value != error.Message ? $"expected message {text.Value}, got {error.Message}" : null;
    }

    private (string Id, string? Difference) RunCase(string line)
    {
        if (JsonValue.ParseOrNull(line) is not JsonObject item)
        {
            // A lone surrogate: no JSON reader of .NET lets it pass. The id is the first member.
            int start = line.IndexOf(":\"", StringComparison.Ordinal) + 2;
            return (line[start..line.IndexOf('"', start)], "the case is no Unicode text");
        }

        string text = ((JsonString)item["expr"]!).Value;
        string id = ((JsonString)item["id"]!).Value;
        if (!JsonataExpression.TryParse(text, out JsonataExpression? expression, out JsonataError? error))
        {
            return (id, Check(item, null, error));
        }

        JsonataBindings bindings = JsonataBindings.Empty;
        foreach ((string name, JsonValue value) in item["bindings"] as JsonObject ?? JsonObject.Empty)
        {
            bindings = bindings.With(name, value);
        }

        var environment = new JsonataEnvironment
        {
            Instant = DateTimeOffset.UtcNow,
            Entropy = Entropy.FromSeed(text),
            Functions = JsonataFunctionSet.WithEval,
            Limits = new() { MaxDepth = item["depth"] is JsonNumber depth ? (int)depth.ToDouble() : 1_000, MaxSteps = StepLimit },
        };

        // Where the data set is null, there is no input.
        JsonValue? input = item["dataset"] is JsonString dataset ? _datasets[dataset.Value] : item["data"];
        JsonataResult result = expression.Evaluate(input, bindings, environment);
        return (id, Check(item, result.Value, result.Error));
    }
}
