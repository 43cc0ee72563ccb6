using System.Text.Json;
using System.Text.RegularExpressions;

namespace StepFlow.Infra.Tests;

public sealed partial class BicepTests
{
    /// <summary>API versions that published templates use.</summary>
    private static readonly Dictionary<string, string> PublishedVersions = new(StringComparer.Ordinal)
    {
        ["Microsoft.Authorization/roleAssignments"] = "2022-04-01",
        ["Microsoft.ContainerRegistry/registries"] = "2023-07-01",
        ["Microsoft.DocumentDB/databaseAccounts"] = "2024-05-15",
        ["Microsoft.DocumentDB/databaseAccounts/sqlDatabases"] = "2024-05-15",
        ["Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers"] = "2024-05-15",
        ["Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments"] = "2024-05-15",
        ["Microsoft.DurableTask/schedulers"] = "2025-11-01",
        ["Microsoft.DurableTask/schedulers/taskHubs"] = "2025-11-01",
        ["Microsoft.EventGrid/systemTopics"] = "2022-06-15",
        ["Microsoft.EventGrid/systemTopics/eventSubscriptions"] = "2022-06-15",
        ["Microsoft.Insights/diagnosticSettings"] = "2021-05-01-preview",
        ["Microsoft.Insights/metricAlerts"] = "2018-03-01",
        ["Microsoft.Insights/actionGroups"] = "2023-01-01",
        ["Microsoft.Insights/components"] = "2020-02-02",
        ["Microsoft.Insights/scheduledQueryRules"] = "2023-03-15-preview",
        ["Microsoft.Insights/workbooks"] = "2022-04-01",
        ["Microsoft.KeyVault/vaults"] = "2023-07-01",
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = "2023-01-31",
        ["Microsoft.OperationalInsights/workspaces"] = "2023-09-01",
        ["Microsoft.Resources/resourceGroups"] = "2024-03-01",
        ["Microsoft.ServiceBus/namespaces"] = "2024-01-01",
        ["Microsoft.ServiceBus/namespaces/queues"] = "2024-01-01",
        ["Microsoft.Storage/storageAccounts"] = "2023-05-01",
        ["Microsoft.Storage/storageAccounts/blobServices"] = "2023-05-01",
        ["Microsoft.Storage/storageAccounts/blobServices/containers"] = "2023-05-01",
        ["Microsoft.Storage/storageAccounts/managementPolicies"] = "2023-05-01",
        ["Microsoft.Storage/storageAccounts/queueServices"] = "2023-05-01",
        ["Microsoft.Storage/storageAccounts/queueServices/queues"] = "2023-05-01",
        ["Microsoft.Web/sites/basicPublishingCredentialsPolicies"] = "2023-12-01",
        ["Microsoft.Web/serverfarms"] = "2023-12-01",
        ["Microsoft.Web/sites"] = "2023-12-01",
    };

    public static TheoryData<string> Files => [.. BicepFile.All().Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void File_Declares_UsesEveryParameterVariableAndResource(string name)
    {
        BicepFile file = BicepFile.At(name);
        IEnumerable<string> declared = [.. file.Parameters.Select(p => p.Name), .. file.Variables];

        Assert.DoesNotContain(declared, d => file.Uses(d) < 1);
        Assert.DoesNotContain(file.Resources, r => r.Existing && file.Uses(r.Symbol) < 1);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_OfAnyName_HasBalancedBracesAndEndsWithALine(string name)
    {
        BicepFile file = BicepFile.At(name);

        Assert.Equal(file.Code.Count(c => c == '{'), file.Code.Count(c => c == '}'));
        Assert.Equal(file.Code.Count(c => c == '['), file.Code.Count(c => c == ']'));
        Assert.Equal(file.Code.Count(c => c == '('), file.Code.Count(c => c == ')'));
        Assert.Equal(0, file.Code.Count(c => c == '\'') % 2);
        Assert.EndsWith("\n", file.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Module_Called_GetsExactlyItsParametersAndOutputsThatExist(string name)
    {
        BicepFile file = BicepFile.At(name);
        foreach (BicepModule module in file.Modules)
        {
            BicepFile target = BicepFile.At(Path.Combine(Path.GetDirectoryName(name)!, module.File));

            Assert.Empty(module.Arguments.Keys.Except(target.Parameters.Select(p => p.Name)));
            Assert.Empty(target.Parameters.Where(p => !p.HasDefault).Select(p => p.Name).Except(module.Arguments.Keys));
            IEnumerable<string> read = Regex.Matches(file.Code, $@"(?<!\w){module.Symbol}!?\.outputs\.(\w+)").Select(m => m.Groups[1].Value);
            Assert.Empty(read.Except(target.Outputs.Keys));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Module_GivenAParameterOrAnOutput_GetsItsType(string name)
    {
        BicepFile file = BicepFile.At(name);
        foreach (BicepModule module in file.Modules)
        {
            BicepFile target = BicepFile.At(Path.Combine(Path.GetDirectoryName(name)!, module.File));
            foreach ((string parameter, string argument) in module.Arguments)
            {
                if (TypeOf(file, argument) is { } type)
                {
                    Assert.Equal(target.Parameters.Single(p => p.Name == parameter).Type, type);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Resource_OfAnyType_NamesAPublishedApiVersion(string name)
    {
        foreach (BicepResource resource in BicepFile.At(name).Resources)
        {
            Assert.True(PublishedVersions.TryGetValue(resource.Type, out string? version), $"{resource.Type} has no published version listed.");
            Assert.Equal(version, resource.Version);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void RoleAssignment_OfAnyRole_HasPrincipalTypeScopeAndStableName(string name)
    {
        foreach (BicepResource resource in BicepFile.At(name).Resources.Where(r => r.Type == "Microsoft.Authorization/roleAssignments"))
        {
            Assert.Contains("principalId: ", resource.Body, StringComparison.Ordinal);
            Assert.Matches("principalId: operatorId\n *principalType: operatorType|principalType: 'ServicePrincipal'", resource.Body);
            Assert.Contains("scope: ", resource.Body, StringComparison.Ordinal);
            Assert.Contains("name: guid(", resource.Body, StringComparison.Ordinal);
            Assert.Contains("subscriptionResourceId('Microsoft.Authorization/roleDefinitions', ", resource.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Modules_InTheFolder_AreAllUsed()
    {
        IReadOnlyList<BicepFile> files = BicepFile.All();
        IEnumerable<string> called = files.SelectMany(f => f.Modules.Select(m =>
            Path.GetRelativePath(BicepFile.Root, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(f.Path)!, m.File)))));

        Assert.Equal(files.Select(f => f.Name).Where(n => n != Path.Combine("infra", "main.bicep")).Order(), called.Order());
    }

    [Theory]
    [InlineData("st", 3, 24, "^[a-z0-9]+$")]
    [InlineData("kv-", 3, 24, "^[a-zA-Z][a-zA-Z0-9-]+$")]
    [InlineData("cr", 5, 50, "^[a-zA-Z0-9]+$")]
    [InlineData("sb-", 6, 50, "^[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9]$")]
    [InlineData("cosmos-", 3, 44, "^[a-z0-9][a-z0-9-]*[a-z0-9]$")]
    [InlineData("func-", 2, 60, "^[a-zA-Z0-9][a-zA-Z0-9-]*$")]
    [InlineData("dts-", 3, 64, "^[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]$")]
    public void Name_OfAResource_KeepsAzuresRules(string prefix, int shortest, int longest, string pattern)
    {
        // uniqueString gives 13 lower-case letters and digits.
        string name = prefix + "abcdefghijkl2";

        Assert.Contains($"'{prefix}${{token}}'", BicepFile.At(Path.Combine("infra", "app.bicep")).Code, StringComparison.Ordinal);
        Assert.InRange(name.Length, shortest, longest);
        Assert.Matches(pattern, name);
    }

    [Fact]
    public void Secrets_InTheTemplates_AreNowhere()
    {
        foreach (BicepFile file in BicepFile.All())
        {
            Assert.DoesNotMatch(SecretWords(), file.Code);
        }

        string code = string.Join('\n', BicepFile.All().Select(f => f.Code));
        Assert.Contains("allowSharedKeyAccess: false", code, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(code, "disableLocalAuth: true"));
    }

    [Fact]
    public void Workbook_Text_IsJsonWithEveryViewNamed()
    {
        using JsonDocument workbook = JsonDocument.Parse(File.ReadAllText(Path.Combine(BicepFile.Root, "infra", "workbook.json")));
        string[] titles = [.. workbook.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString()!)];

        Assert.Contains("Executions by status", titles);
        Assert.Contains("Failures by state", titles);
        Assert.Contains("Duration percentiles", titles);
        Assert.Contains("One execution", titles);
        Assert.Contains("Executions as metrics", titles);
    }

    /// <summary>The type of what a module is given, where it is a parameter, or an output of another module; null for any other expression.</summary>
    private static string? TypeOf(BicepFile file, string argument)
    {
        if (file.Parameters.FirstOrDefault(p => p.Name == argument) is { } parameter)
        {
            return parameter.Type;
        }

        Match output = OutputOf().Match(argument);
        return output.Success && file.Modules.FirstOrDefault(m => m.Symbol == output.Groups["module"].Value) is { } module
            ? BicepFile.At(Path.Combine(Path.GetDirectoryName(file.Name)!, module.File)).Outputs[output.Groups["output"].Value]
            : null;
    }

    [GeneratedRegex(@"^(?<module>\w+)\.outputs\.(?<output>\w+)$")]
    private static partial Regex OutputOf();

    [GeneratedRegex(@"listKeys\([^)]*storage|AccountKey=|SharedAccessKey|password", RegexOptions.IgnoreCase)]
    private static partial Regex SecretWords();
}
