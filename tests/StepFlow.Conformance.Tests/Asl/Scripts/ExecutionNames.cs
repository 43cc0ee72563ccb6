using System.Text.RegularExpressions;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Scripts;

/// <summary>The names that the recorded executions had: later steps name them by their ARNs.</summary>
internal sealed partial class ExecutionNames
{
    private readonly Dictionary<string, Queue<string>> _byMachine = new(StringComparer.Ordinal);

    public ExecutionNames(AslCase aslCase)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);

        // Calls that fail ask for executions that were never there.
        foreach (JsonObject step in aslCase.Steps.Where(step => step["error"] != JsonValue.True))
        {
            foreach (Match arn in ExecutionArn().Matches(step.ToString()))
            {
                if (seen.Add(arn.Value))
                {
                    _byMachine.TryAdd(arn.Groups[1].Value, new());
                    _byMachine[arn.Groups[1].Value].Enqueue(arn.Groups[2].Value);
                }
            }
        }
    }

    /// <summary>The name of the next execution of a machine; null if no step contains it.</summary>
    public string? Next(string stateMachineArn) =>
        _byMachine.TryGetValue(stateMachineArn.Split(':')[6], out Queue<string>? names) && names.TryDequeue(out string? name) ? name : null;

    [GeneratedRegex(@":execution:([^:""]+):([^:""]+)")]
    private static partial Regex ExecutionArn();
}
