using StepFlow.Runtime.Documents;

namespace StepFlow.Functions.Messages;

/// <summary>
/// The ids of orchestration instances of executions. An id starts with the state machine's name, so that users find
/// it in the tools of Durable Functions. A hash limits it to 100 characters, all of them valid in ids.
/// </summary>
internal static class InstanceIds
{
    private const int NameCharacters = 48;

    /// <summary>The instance of an execution.</summary>
    /// <param name="redrive">How often it was redriven. Each redrive is a new instance.</param>
    public static string Of(string executionArn, int redrive = 0)
    {
        string[] parts = executionArn.Split(':');
        string readable = string.Concat(parts[^2..].Select(part => Clean(part) + "-"));
        string hash = TextHash.Of(executionArn)[..24];
        string id = readable[..Math.Min(readable.Length, NameCharacters)] + hash;
        return redrive == 0 ? id : $"{id}-r{redrive}";
    }

    private static string Clean(string part) => string.Concat(part.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' ? c : '-'));
}
