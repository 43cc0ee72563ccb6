using System.Text.RegularExpressions;

namespace StepFlow.Infra.Tests;

/// <summary>A role is a GUID: its name stands beside it, and both are in Azure's list of built-in roles.</summary>
public sealed partial class RoleTests
{
    /// <summary>Compared with published templates and lists.</summary>
    private static readonly Dictionary<string, string> BuiltIn = new(StringComparer.Ordinal)
    {
        ["00000000-0000-0000-0000-000000000002"] = "Cosmos DB Built-in Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = "Durable Task Data Contributor",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"] = "Azure Service Bus Data Receiver",
        ["69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"] = "Azure Service Bus Data Sender",
        ["7f951dda-4ed3-4680-a7ca-43fe172d538d"] = "AcrPull",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["b9a307c4-5aa3-4b52-ba60-2b17c136cd7b"] = "Container Apps Jobs Operator",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
    };

    [Fact]
    public void Role_OfEveryTemplate_HasItsNameBesideIt()
    {
        string text = string.Join('\n', BicepFile.All().Select(f => f.Text));
        Match[] named = [.. NamedRole().Matches(text).Cast<Match>()];

        Assert.Equal(Role().Count(text), named.Length);
        Assert.All(named, match => Assert.Equal(BuiltIn[match.Groups["id"].Value], match.Groups["name"].Value));
        Assert.Equal(BuiltIn.Keys.Order(), named.Select(m => m.Groups["id"].Value).Distinct().Order());
    }

    [GeneratedRegex("'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'")]
    private static partial Regex Role();

    [GeneratedRegex("'(?<id>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})' // (?<name>.+)$", RegexOptions.Multiline)]
    private static partial Regex NamedRole();
}
