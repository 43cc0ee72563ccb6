using System.Security.Cryptography;
using System.Text;

namespace StepFlow.Functions.Messages;

/// <summary>
/// Between executions and orchestration instances. An instance's id starts with its machine's name, so that people find
/// it in Durable Functions' own tools; a hash keeps it within 100 characters and free of what ids may not hold.
/// </summary>
internal static class InstanceIds
{
    private const int NameCharacters = 48;

    /// <summary>The instance of an execution.</summary>
    /// <param name="redrive">How often it was redriven: each redrive is an instance of its own.</param>
    public static string Of(string executionArn, int redrive = 0)
    {
        string[] parts = executionArn.Split(':');
        string readable = string.Concat(parts[^2..].Select(part => Clean(part) + "-"));
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(executionArn)))[..24];
        string id = readable[..Math.Min(readable.Length, NameCharacters)] + hash;
        return redrive == 0 ? id : $"{id}-r{redrive}";
    }

    private static string Clean(string part) => string.Concat(part.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' ? c : '-'));
}
