using System.Text.RegularExpressions;

namespace StepFlow.Architecture.Tests;

/// <summary>Each claim of the threat model names tests that exist.</summary>
public sealed partial class SecurityClaimsTests
{
    [Fact]
    public void Claim_OfTheThreatModel_NamesTestsThatExist()
    {
        string[] claims = [.. File.ReadAllLines(Path.Combine(Repository.Root, "src", "StepFlow.Service", "SECURITY.md"))
            .SkipWhile(static line => !line.StartsWith("| claim | test |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(static line => line.StartsWith('|'))];
        Dictionary<string, string> sources = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .GroupBy(static file => Path.GetFileNameWithoutExtension(file))
            .ToDictionary(static group => group.Key, static group => string.Join('\n', group.Select(File.ReadAllText)), StringComparer.Ordinal);
        string[] named = [.. claims.SelectMany(static claim => Test().Matches(claim.Split('|')[2]).Select(static match => match.Groups[1].Value))];

        Assert.NotEmpty(claims);
        Assert.All(claims, static claim => Assert.Matches(Test(), claim.Split('|')[2]));
        Assert.DoesNotContain(named, test => test.Split('.') is var parts
            && !(sources.TryGetValue(parts[0], out string? source) && (parts.Length == 1 || source.Contains($" {parts[1]}(", StringComparison.Ordinal))));
    }

    [GeneratedRegex(@"`(\w+Tests(?:\.\w+)?)`")]
    private static partial Regex Test();
}
