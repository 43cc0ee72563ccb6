using System.Globalization;

namespace StepFlow.Runtime.Mocks;

/// <summary>
/// A mock configuration file of Step Functions Local: <c>StateMachines.NAME.TestCases.CASE.STATE</c> names one of
/// <c>MockedResponses</c>, whose keys are attempts (<c>"0"</c>, <c>"1-2"</c>), with <c>Return</c> or <c>Throw</c>.
/// </summary>
public sealed class MockConfiguration
{
    private readonly Dictionary<(string Machine, string Case, string State), List<MockedResponse>> _states = [];
    private readonly HashSet<(string Machine, string Case)> _cases = [];

    private MockConfiguration()
    {
    }

    /// <summary>No mocked responses: every task is really called.</summary>
    public static MockConfiguration None { get; } = new();

    /// <summary>Reads a file.</summary>
    /// <exception cref="MockConfigurationException">It cannot be read, or is wrong.</exception>
    public static MockConfiguration Load(string path)
    {
        try
        {
            return Parse(JsonValue.Parse(File.ReadAllBytes(path)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonFormatException)
        {
            throw new MockConfigurationException($"The mock configuration '{path}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a configuration.</summary>
    /// <exception cref="MockConfigurationException">It is wrong.</exception>
    public static MockConfiguration Parse(JsonValue document)
    {
        JsonObject root = Structure(document, "the document");
        Dictionary<string, List<MockedResponse>> responses = Structure(root["MockedResponses"], "MockedResponses")
            .ToDictionary(response => response.Key, response => Responses(response.Value, $"MockedResponses.{response.Key}"), StringComparer.Ordinal);
        var configuration = new MockConfiguration();
        foreach ((string machine, JsonValue machineValue) in Structure(root["StateMachines"], "StateMachines"))
        {
            JsonObject cases = Structure(Structure(machineValue, $"StateMachines.{machine}")["TestCases"], $"StateMachines.{machine}.TestCases");
            foreach ((string name, JsonValue caseValue) in cases)
            {
                string location = $"StateMachines.{machine}.TestCases.{name}";
                configuration._cases.Add((machine, name));
                foreach ((string state, JsonValue reference) in Structure(caseValue, location))
                {
                    configuration._states[(machine, name, state)] = reference is JsonString { Value: var key } && responses.TryGetValue(key, out List<MockedResponse>? found)
                        ? found
                        : throw new MockConfigurationException($"{location}.{state} must name one of MockedResponses.");
                }
            }
        }

        return configuration;
    }

    /// <summary>The machines and their test cases, in the order of the file.</summary>
    public IReadOnlyCollection<(string Machine, string Case)> Cases => _cases;

    /// <summary>Whether a machine has a test case.</summary>
    public bool Has(string machine, string testCase) => _cases.Contains((machine, testCase));

    /// <summary>The responses of a state in a test case; null where the state is not mocked.</summary>
    internal IReadOnlyList<MockedResponse>? Find(string machine, string testCase, string state) => _states.GetValueOrDefault((machine, testCase, state));

    private static List<MockedResponse> Responses(JsonValue value, string location)
    {
        var responses = new List<MockedResponse>();
        foreach ((string attempts, JsonValue mock) in Structure(value, location))
        {
            string attemptLocation = $"{location}.{attempts}";
            (int first, int last) = Attempts(attempts, attemptLocation);
            JsonObject content = Structure(mock, attemptLocation);
            JsonObject? thrown = content["Throw"] is { } error ? Structure(error, attemptLocation + ".Throw") : null;
            if (thrown is null == !content.ContainsKey("Return"))
            {
                throw new MockConfigurationException($"{attemptLocation} must have either Return or Throw.");
            }

            responses.Add(new(first, last, content["Return"], (thrown?["Error"] as JsonString)?.Value, (thrown?["Cause"] as JsonString)?.Value));
        }

        return responses;
    }

    private static (int First, int Last) Attempts(string text, string location)
    {
        string[] bounds = text.Split('-');
        return bounds.Length <= 2
            && int.TryParse(bounds[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(bounds[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int last)
            && first <= last
            ? (first, last)
            : throw new MockConfigurationException($"{location} must be named after an attempt (\"0\") or a range of attempts (\"1-2\").");
    }

    private static JsonObject Structure(JsonValue? value, string location) =>
        value as JsonObject ?? throw new MockConfigurationException($"{location} must be a JSON object.");
}
