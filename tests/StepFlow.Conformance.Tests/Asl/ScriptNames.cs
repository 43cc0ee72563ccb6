using System.Text.RegularExpressions;
using StepFlow.Conformance.Tests.Asl.Doubles;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>Gives executions the names that the recording knows them by, and translates what the service draws by lot.</summary>
internal sealed partial class ScriptNames
{
    private readonly List<(string Machine, string Name)> _standard = [];
    private readonly List<(string Name, string Id)> _express = [];
    private readonly List<(string Recorded, string Ours)> _translations = [];

    public ScriptNames(AslCase aslCase)
    {
        string steps = aslCase.Source["steps"]!.ToString();
        foreach (Match match in ExecutionArn().Matches(steps))
        {
            (string, string) known = (match.Groups["machine"].Value, match.Groups["name"].Value);
            if (!_standard.Contains(known))
            {
                _standard.Add(known);
            }
        }

        for (int i = 0; aslCase.ValueOf($"<ExecArnPart_{i}idx>") is { } name; i++)
        {
            if (!_standard.Exists(known => known.Name == name))
            {
                _standard.Add((string.Empty, name));
            }
        }

        for (int i = 0; aslCase.ValueOf($"<ExpressExecArn_Part1_{i}idx>") is { } name; i++)
        {
            _express.Add((name, aslCase.ValueOf($"<ExpressExecArn_Part2_{i}idx>") ?? string.Empty));
        }
    }

    /// <summary>A start with the name that the recording shows, where the test left it to the service.</summary>
    public JsonObject Named(JsonObject arguments)
    {
        if (arguments.ContainsKey("name"))
        {
            return arguments;
        }

        string machine = (AwsAnswers.Text(arguments, "stateMachineArn") ?? string.Empty).Split(':').ElementAtOrDefault(6) ?? string.Empty;
        int at = _standard.FindIndex(known => known.Machine == machine);
        at = at >= 0 ? at : _standard.FindIndex(known => known.Machine.Length == 0);
        if (at >= 0)
        {
            string name = _standard[at].Name;
            _standard.RemoveAt(at);
            return arguments.With("name", name);
        }

        return _express.Count > 0 ? arguments.With("name", _express[0].Name) : arguments;
    }

    /// <summary>Learns the id of an Express execution.</summary>
    public void Learn(string executionArn)
    {
        if (executionArn.Contains(":express:", StringComparison.Ordinal) && _express.Count > 0)
        {
            _translations.Add((_express[0].Id, executionArn[(executionArn.LastIndexOf(':') + 1)..]));
            _express.RemoveAt(0);
        }
    }

    public string ToOurs(string text) => _translations.Aggregate(text, (result, pair) => result.Replace(pair.Recorded, pair.Ours, StringComparison.Ordinal));

    public string ToRecorded(string text) => _translations.Aggregate(text, (result, pair) => result.Replace(pair.Ours, pair.Recorded, StringComparison.Ordinal));

    [GeneratedRegex(@":execution:(?<machine>[^:""\\]+):(?<name>[^:""\\]+)")]
    private static partial Regex ExecutionArn();
}
