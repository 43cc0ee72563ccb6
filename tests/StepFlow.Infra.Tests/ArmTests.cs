using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace StepFlow.Infra.Tests;

/// <summary>What Azure gets: the compiled template.</summary>
public sealed partial class ArmTests
{
    public static TheoryData<string> Files => [.. BicepFile.All().Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task File_Compiled_HasNoErrorAndNoWarning(string name)
    {
        (string template, IReadOnlyList<string> diagnostics) = await BicepCompiler.CompileAsync(Path.Combine(BicepFile.Root, name));

        Assert.Empty(diagnostics);
        Assert.NotEmpty(template);
    }

    [Fact]
    public async Task Storage_OfTheApp_TakesNoKeysNoAnonymousReadersAndNoPlainHttp()
    {
        JsonObject storage = await ArmTemplate.PropertiesAsync("Microsoft.Storage/storageAccounts");

        Assert.False((bool)storage["allowSharedKeyAccess"]!);
        Assert.False((bool)storage["allowBlobPublicAccess"]!);
        Assert.True((bool)storage["supportsHttpsTrafficOnly"]!);
        Assert.Equal("TLS1_2", (string)storage["minimumTlsVersion"]!);
    }

    [Theory]
    [InlineData("Microsoft.ServiceBus/namespaces")]
    [InlineData("Microsoft.DocumentDB/databaseAccounts")]
    public async Task Account_ThatHasKeys_TakesNone(string type) =>
        Assert.True((bool)(await ArmTemplate.PropertiesAsync(type))["disableLocalAuth"]!);

    [Fact]
    public async Task App_OnTheInternet_IsHttpsOnlyWithoutPasswordsOrFtp()
    {
        JsonObject app = await ArmTemplate.PropertiesAsync("Microsoft.Web/sites");

        Assert.True((bool)app["httpsOnly"]!);
        Assert.Equal(("Disabled", "1.2", "1.2"), ((string)app["siteConfig"]!["ftpsState"]!, (string)app["siteConfig"]!["minTlsVersion"]!, (string)app["siteConfig"]!["scmMinTlsVersion"]!));
        Assert.All(
            await ArmTemplate.ResourcesAsync("Microsoft.Web/sites/basicPublishingCredentialsPolicies"),
            policy => Assert.False((bool)policy["properties"]!["allow"]!));
    }

    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts", "networkAcls")]
    [InlineData("Microsoft.KeyVault/vaults", "networkAcls")]
    [InlineData("Microsoft.DocumentDB/databaseAccounts", "virtualNetworkRules")]
    [InlineData("Microsoft.Web/sites", "virtualNetworkSubnetId")]
    public async Task Network_GivenASubnet_ClosesWhatHoldsData(string type, string property) =>
        Assert.Contains("networkSubnetId", (await ArmTemplate.PropertiesAsync(type))[property]!.ToJsonString(), StringComparison.Ordinal);

    [Fact]
    public async Task App_GivenAddresses_IsClosedToAllOthersButEventGrid()
    {
        JsonNode site = (await ArmTemplate.PropertiesAsync("Microsoft.Web/sites"))["siteConfig"]!;

        Assert.Contains("allowedAddresses", (string)site["ipSecurityRestrictionsDefaultAction"]!, StringComparison.Ordinal);
        Assert.Contains("eventGrid", (string)site["ipSecurityRestrictions"]!, StringComparison.Ordinal);
        Assert.True((bool)site["scmIpSecurityRestrictionsUseMain"]!);
    }

    [Fact]
    public async Task RoleAssignment_OfAnyRole_HasAScopeAPrincipalTypeAndAStableName()
    {
        IReadOnlyList<JsonObject> assignments = await ArmTemplate.ResourcesAsync("Microsoft.Authorization/roleAssignments");

        Assert.NotEmpty(assignments);
        Assert.All(assignments, assignment =>
        {
            Assert.StartsWith("[guid(", (string)assignment["name"]!, StringComparison.Ordinal);
            Assert.NotEmpty((string)assignment["scope"]!);
            Assert.Contains((string)assignment["properties"]!["principalType"]!, (string[])["ServicePrincipal", "[parameters('operatorType')]"]);
            Assert.Contains("Microsoft.Authorization/roleDefinitions", (string)assignment["properties"]!["roleDefinitionId"]!, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task EventGrid_KeepingDeadLetters_MayWriteTheirContainerOnly()
    {
        JsonObject assignment = Assert.Single(
            await ArmTemplate.ResourcesAsync("Microsoft.Authorization/roleAssignments"),
            found => ((string)found["properties"]!["principalId"]!).Contains("Microsoft.EventGrid/systemTopics", StringComparison.Ordinal));

        Assert.Contains("Microsoft.Storage/storageAccounts/blobServices/containers", (string)assignment["scope"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_AsAWhole_ReadsNoKeyButTheOneThatEventGridCallsWith()
    {
        string all = string.Join('\n', (await ArmTemplate.ResourcesAsync()).Select(resource => resource.ToJsonString()));

        Assert.Single(KeyRead().Matches(all).Select(match => match.Value).Distinct());
        Assert.DoesNotMatch("AccountKey=|SharedAccessKey|(?i)password(?!s)", all);
    }

    [GeneratedRegex(@"list\w*[Kk]eys?\([^)]*\)")]
    private static partial Regex KeyRead();
}
