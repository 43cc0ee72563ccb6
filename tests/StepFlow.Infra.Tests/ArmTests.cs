using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace StepFlow.Infra.Tests;

/// <summary>What Azure gets: the compiled template.</summary>
public sealed partial class ArmTests
{
    private const string BlobDataContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
    private const string BlobDataOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
    private const string QueueDataContributor = "974c5e8b-45b9-4653-ba55-5f855dd0fb88";
    private const string TableDataContributor = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3";

    /// <summary>Bytes of memory of a machine of a plan (Azure Functions, "Azure Functions Premium plan").</summary>
    private static readonly Dictionary<string, long> PlanMemory = new(StringComparer.Ordinal) { ["EP1"] = 7L << 29, ["EP2"] = 7L << 30, ["EP3"] = 14L << 30 };

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
    public async Task Storage_OfAnyUse_TakesNoKeysNoAnonymousReadersAndNoPlainHttp()
    {
        IReadOnlyList<JsonObject> accounts = await ArmTemplate.ResourcesAsync("Microsoft.Storage/storageAccounts");

        Assert.Equal(2, accounts.Count);
        Assert.All(accounts.Select(account => account["properties"]!), storage =>
        {
            Assert.False((bool)storage["allowSharedKeyAccess"]!);
            Assert.False((bool)storage["allowBlobPublicAccess"]!);
            Assert.True((bool)storage["supportsHttpsTrafficOnly"]!);
            Assert.Equal("TLS1_2", (string)storage["minimumTlsVersion"]!);
        });
    }

    /// <summary>Executions are in one account, what workflows name in another; the app may do in each what it does there.</summary>
    [Fact]
    public async Task Storage_OfExecutions_IsApartFromThatOfWorkflows()
    {
        JsonObject host = await ArmTemplate.ModuleAsync("host-storage-account");
        JsonObject workflows = await ArmTemplate.ModuleAsync("workflow-storage-account");
        JsonObject app = await ArmTemplate.ModuleAsync("functions");

        Assert.Contains("stateContainers", host["containers"]!["value"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("stateContainers", workflows.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal([BlobDataOwner, QueueDataContributor, TableDataContributor], Values(host["roles"]));
        Assert.Equal([BlobDataContributor, QueueDataContributor], Values(workflows["roles"]));
        Assert.Contains("'hostStorage'", (string)app["hostStorageName"]!["value"]!, StringComparison.Ordinal);
        Assert.Contains("'workflowStorage'", (string)app["workflowBlobEndpoint"]!["value"]!, StringComparison.Ordinal);
        Assert.Contains("'workflowStorage'", (string)app["workflowQueueEndpoint"]!["value"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EventGrid_OfUploads_WatchesTheAccountOfWorkflowsAndKeepsDeadLettersInTheOther()
    {
        JsonObject uploads = await ArmTemplate.ModuleAsync("uploads");

        Assert.Contains("'workflowStorage'", (string)uploads["uploadsAccountName"]!["value"]!, StringComparison.Ordinal);
        Assert.Contains("'hostStorage'", (string)uploads["deadLettersAccountName"]!["value"]!, StringComparison.Ordinal);
        Assert.Contains("uploadsAccountName", (string)(await ArmTemplate.PropertiesAsync("Microsoft.EventGrid/systemTopics"))["source"]!, StringComparison.Ordinal);
    }

    /// <summary>Each trigger's function has an endpoint of its own, and sees the blobs of its own container only.</summary>
    [Fact]
    public async Task EventGrid_OfTriggers_ReportsEachContainerToItsFunction()
    {
        JsonObject subscription = Assert.Single(await ArmTemplate.ResourcesAsync("Microsoft.EventGrid/systemTopics/eventSubscriptions"));
        string module = BicepFile.At(Path.Combine("infra", "modules", "uploads.bicep")).Code;
        JsonObject app = await ArmTemplate.ModuleAsync("app");

        Assert.Equal("[length(variables('watched'))]", (string)subscription["copy"]!["count"]!);
        Assert.Contains("variables('watched')[copyIndex()].function", (string)subscription["properties"]!["destination"]!["properties"]!["endpointUrl"]!, StringComparison.Ordinal);
        Assert.Contains("variables('watched')[copyIndex()].container", (string)subscription["properties"]!["filter"]!["subjectBeginsWith"]!, StringComparison.Ordinal);
        Assert.Contains("function: 'Trigger_${trigger.name}'", module, StringComparison.Ordinal);
        Assert.Contains("split(replace(parameters('triggerContainers'), ' ', ''), ',')", app["triggerContainers"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), StringComparison.Ordinal);
    }

    /// <summary>Without cultures Microsoft.Data.SqlClient refuses every connection to SQL Server: the variable and, in the images, ICU.</summary>
    [Fact]
    public async Task App_ThatReachesSqlServer_HasCultures()
    {
        string settings = (await ArmTemplate.PropertiesAsync("Microsoft.Web/sites"))["siteConfig"]!["appSettings"]!.ToJsonString();
        string[] images = File.ReadAllText(Path.Combine(BicepFile.Root, "infra", "Dockerfile")).Split("\nFROM ")[^2..];

        Assert.Matches(@"'DOTNET_SYSTEM_GLOBALIZATION_INVARIANT'[^)]*'value'[^)]*'false'", System.Text.RegularExpressions.Regex.Unescape(settings));
        Assert.Equal(2, images.Count(static image => image.Contains("^libicu[0-9]+$", StringComparison.Ordinal) && image.Contains("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false", StringComparison.Ordinal)));
    }

    /// <summary>The storage accounts, the tables, the secrets and the app itself, each in the zone of its kind.</summary>
    [Fact]
    public async Task PrivateEndpoints_GivenASubnet_CoverAllDataServices()
    {
        JsonNode variables = JsonNode.Parse((await BicepCompiler.CompileAsync(Path.Combine(BicepFile.Root, "infra", "modules", "privatenetwork.bicep"))).Template)!["variables"]!;
        JsonObject given = await ArmTemplate.ModuleAsync("private-network");
        (string, string)[] endpoints = [.. ((JsonArray)variables["endpoints"]!).Select(endpoint => ((string)endpoint!["part"]!, (string)endpoint["targetId"]!))];

        Assert.Equal(
            [
                ("blob", "[parameters('hostStorageId')]"), ("queue", "[parameters('hostStorageId')]"), ("table", "[parameters('hostStorageId')]"),
                ("blob", "[parameters('workflowStorageId')]"), ("queue", "[parameters('workflowStorageId')]"),
                ("Sql", "[parameters('databaseId')]"), ("vault", "[parameters('vaultId')]"), ("sites", "[parameters('appId')]"),
            ],
            endpoints);
        Assert.All(endpoints, endpoint => Assert.Contains("privatelink.", (string)variables["zones"]![endpoint.Item1]!, StringComparison.Ordinal));
        Assert.All(endpoints, endpoint => Assert.Contains(".outputs.id.", (string)given[endpoint.Item2.Split('\'')[1]]!["value"]!, StringComparison.Ordinal));
        Assert.Single(await ArmTemplate.ResourcesAsync("Microsoft.Network/privateEndpoints/privateDnsZoneGroups"));
        Assert.Single(await ArmTemplate.ResourcesAsync("Microsoft.Network/privateDnsZones/virtualNetworkLinks"));
    }

    /// <summary>An app that has a private endpoint is not reached by another way, but for Event Grid and whom the addresses let in.</summary>
    [Fact]
    public void App_WithAPrivateEndpoint_IsClosedToTheInternet() =>
        Assert.Contains(
            "var isClosed = !empty(allowedAddresses) || !empty(privateEndpointSubnetId)",
            BicepFile.At(Path.Combine("infra", "modules", "functionapp.bicep")).Code,
            StringComparison.Ordinal);

    /// <summary>The header that the app trusts comes from the platform only if its authentication is on: both come together.</summary>
    [Fact]
    public async Task SignIn_GivenARegistration_IsOnInThePlatformAndInTheAppAndForcesNobody()
    {
        JsonObject signIn = Assert.Single(await ArmTemplate.ResourcesAsync("Microsoft.Web/sites/config"));
        string settings = BicepFile.At(Path.Combine("infra", "modules", "functionapp.bicep")).Code;

        Assert.Equal("[not(empty(parameters('signInClientId')))]", (string)signIn["condition"]!);
        Assert.True((bool)signIn["properties"]!["platform"]!["enabled"]!);
        Assert.Equal("AllowAnonymous", (string)signIn["properties"]!["globalValidation"]!["unauthenticatedClientAction"]!);
        Assert.Contains("var signInSettings = empty(signInClientId) ? [] : [", settings, StringComparison.Ordinal);
    }

    /// <summary>Without the app in the network, its storage would be out of its reach.</summary>
    [Fact]
    public async Task PrivateEndpoints_WithoutTheAppInTheNetwork_AreRefused()
    {
        JsonObject app = await ArmTemplate.ModuleAsync("app");

        Assert.Matches(@"networkSubnetId.*fail\('privateEndpointSubnetId needs networkSubnetId", (string)app["privateEndpointSubnetId"]!);
    }

    /// <summary>The largest program of the pipeline fits into what programs may take of the plan's smallest machine.</summary>
    [Fact]
    public async Task Plan_OfTheApp_HasTheMemoryOfItsLargestProgram()
    {
        string skus = (string)Assert.Single(await ArmTemplate.ResourcesAsync("Microsoft.Web/serverfarms"))["sku"]!;
        string sku = PlanMemory.Keys.Single(name => skus.Contains($"'{name}'", StringComparison.Ordinal));

        long forPrograms = PlanMemory[sku] / 4 * 3;

        Assert.InRange(new VideoPipeline.VideoPipelineOptions().ToolMemoryBytes, 1, forPrograms);
        Assert.Contains($"{forPrograms / (1024.0 * 1024 * 1024):0.0} GB", File.ReadAllText(Path.Combine(BicepFile.Root, "infra", "README.md")), StringComparison.Ordinal);
    }

    /// <summary>By default the app scales to zero, and what only a container has is neither created nor set.</summary>
    [Fact]
    public async Task Hosting_ByDefault_IsFlexConsumptionWithoutWhatAContainerNeeds()
    {
        JsonObject plan = Assert.Single(await ArmTemplate.ResourcesAsync("Microsoft.Web/serverfarms"));
        JsonObject app = await ArmTemplate.PropertiesAsync("Microsoft.Web/sites");
        string config = (string)app["functionAppConfig"]!;

        Assert.Contains("param hosting string = 'FlexConsumption'", BicepFile.At(Path.Combine("infra", "main.bicep")).Code, StringComparison.Ordinal);
        Assert.StartsWith("[if(variables('isFlex'), createObject('name', 'FC1', 'tier', 'FlexConsumption')", (string)plan["sku"]!, StringComparison.Ordinal);
        Assert.StartsWith("[if(variables('isFlex'), createObject('deployment'", config, StringComparison.Ordinal);
        Assert.Contains("'UserAssignedIdentity'", config, StringComparison.Ordinal);
        Assert.Contains("parameters('packagesUrl')", config, StringComparison.Ordinal);
        Assert.All(
            (string[])["linuxFxVersion", "acrUseManagedIdentityCreds", "acrUserManagedIdentityID", "functionsRuntimeScaleMonitoringEnabled"],
            name => Assert.StartsWith("[if(variables('isFlex'), null()", (string)app["siteConfig"]![name]!, StringComparison.Ordinal));
        string settings = BicepFile.At(Path.Combine("infra", "modules", "functionapp.bicep")).Code;
        Assert.Contains("var containerSettings = isFlex ? [] : [", settings, StringComparison.Ordinal);
        Assert.Contains("appSettings: concat(containerSettings, [", settings, StringComparison.Ordinal);
        Assert.Contains("if (hosting == 'ElasticPremium' || videoJob)", BicepFile.At(Path.Combine("infra", "app.bicep")).Code, StringComparison.Ordinal);
    }

    /// <summary>Uploads start the video pipeline, whose ffmpeg only the container and the job have.</summary>
    [Fact]
    public async Task Uploads_OnFlexConsumptionWithoutTheJob_AreRefused() =>
        Assert.Matches(@"subscribeToUploads.*FlexConsumption.*not\(parameters\('videoJob'\)\).*fail\('subscribeToUploads needs videoJob or the hosting ElasticPremium", (string)(await ArmTemplate.ModuleAsync("app"))["subscribeToUploads"]!);

    [Fact]
    public async Task TranscodingJob_GivenAnImage_RunsOnRequestAndTheAppMayStartIt()
    {
        JsonObject job = Assert.Single(await ArmTemplate.ResourcesAsync("Microsoft.App/jobs"));
        JsonObject role = Assert.Single(
            await ArmTemplate.ResourcesAsync("Microsoft.Authorization/roleAssignments"), found => ((string)found["scope"]!).Contains("Microsoft.App/jobs", StringComparison.Ordinal));

        Assert.Equal("Manual", (string)job["properties"]!["configuration"]!["triggerType"]!);
        Assert.Equal("[parameters('principalId')]", (string)role["properties"]!["principalId"]!);
        Assert.Contains("if(empty(parameters('transcodingImage')), createObject('value', '')", (string)(await ArmTemplate.ModuleAsync("functions"))["transcodingJobId"]!, StringComparison.Ordinal);
    }

    /// <summary>The app starts the job by the name of its setting; the job pulls its image and reaches the storage of workflows with the identity.</summary>
    [Fact]
    public async Task VideoJob_Chosen_RunsThePipelinesFunctionsWithTheAppsIdentityAndStorage()
    {
        JsonNode properties = Assert.Single(await ArmTemplate.ResourcesAsync("Microsoft.App/jobs"))["properties"]!;
        JsonNode container = Assert.Single((JsonArray)properties["template"]!["containers"]!)!;
        Dictionary<string, string> environment = ((JsonArray)container["env"]!).ToDictionary(pair => (string)pair!["name"]!, pair => (string)pair!["value"]!);
        string app = BicepFile.At(Path.Combine("infra", "modules", "functionapp.bicep")).Code;
        JsonObject main = await ArmTemplate.ModuleAsync("app");

        Assert.Equal("[if(empty(parameters('registryEndpoint')), createArray(), createArray(createObject('server', parameters('registryEndpoint'), 'identity', parameters('identityId'))))]", (string)properties["configuration"]!["registries"]!);
        Assert.Equal(
            ("[parameters('identityClientId')]", "[parameters('workflowBlobEndpoint')]", "[parameters('workflowQueueEndpoint')]"),
            (environment["AZURE_CLIENT_ID"], environment["StepFlow__Storage__BlobEndpoint"], environment["StepFlow__Storage__QueueEndpoint"]));
        Assert.Matches(@"var videoSettings = videoJob \? \[\s*\{\s*name: 'StepFlow__Video__Job'\s*value: 'transcode'", app);
        Assert.Contains("StepFlow__Jobs__transcode__ContainerAppsJob", app, StringComparison.Ordinal);
        Assert.Contains("signInSettings, jobSettings, videoSettings)", app, StringComparison.Ordinal);
        Assert.Equal("[parameters('videoJob')]", (string)main["videoJob"]!["value"]!);
        Assert.Contains("firstJobImage", main["transcodingImage"]!.ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>The results of jobs are where the app looks for them, and go after a while.</summary>
    [Fact]
    public async Task Storage_OfJobResults_IsCreatedAndCleaned()
    {
        string storage = BicepFile.At(Path.Combine("infra", "modules", "workflowstorage.bicep")).Code;
        string container = Regex.Match(File.ReadAllText(Path.Combine(BicepFile.Root, "src", "StepFlow.Integrations", "Jobs", "JobBlobs.cs")), "Container = \"([^\"]+)\"").Groups[1].Value;
        JsonObject module = await ArmTemplate.ModuleAsync("workflow-storage-account");

        Assert.Contains($"var jobsContainer = '{container}'", storage, StringComparison.Ordinal);
        Assert.Contains("jobsContainer", module["containers"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("jobsContainer", module["lifecycleRules"]!.ToJsonString(), StringComparison.Ordinal);
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
    public async Task Network_GivenASubnet_ClosesDataServices(string type, string property)
    {
        IReadOnlyList<JsonObject> found = await ArmTemplate.ResourcesAsync(type);

        Assert.NotEmpty(found);
        Assert.All(found, resource => Assert.Contains("networkSubnetId", resource["properties"]![property]!.ToJsonString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task App_GivenAddresses_IsClosedToAllOthersButEventGrid()
    {
        JsonNode site = (await ArmTemplate.PropertiesAsync("Microsoft.Web/sites"))["siteConfig"]!;

        Assert.Equal("[if(variables('isClosed'), 'Deny', 'Allow')]", (string)site["ipSecurityRestrictionsDefaultAction"]!);
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

    private static string[] Values(JsonNode? parameter) => [.. ((JsonArray)parameter!["value"]!).Select(value => (string)value!)];

    [GeneratedRegex(@"list\w*[Kk]eys?\([^)]*\)")]
    private static partial Regex KeyRead();
}
