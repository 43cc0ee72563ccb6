using System.Text.RegularExpressions;

namespace StepFlow.Infra.Tests;

/// <summary>Each setting of the template is read; what the app reads, the template sets.</summary>
public sealed partial class SettingsTests
{
    private const string App = "the app";
    private const string Host = "the Functions host";
    private const string Platform = "App Service";

    /// <summary>Who reads each setting of the template.</summary>
    private static readonly Dictionary<string, string> Readers = new(StringComparer.Ordinal)
    {
        ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = Host,
        ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = Host + " and " + App,
        ["AZURE_CLIENT_ID"] = App,
        ["AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName"] = Host + ": over host.json",
        ["AzureFunctionsJobHost__extensions__durableTask__storageProvider__type"] = Host + ": over host.json",
        ["AzureWebJobs.VideoScanned.Disabled"] = Host,
        ["AzureWebJobsStorage__accountName"] = Host + " and " + App,
        ["AzureWebJobsStorage__clientId"] = Host,
        ["AzureWebJobsStorage__credential"] = Host,
        ["DOCKER_REGISTRY_SERVER_URL"] = Platform,
        ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = ".NET, in the process of " + App,
        ["DURABLE_TASK_SCHEDULER_CONNECTION_STRING"] = Host + ": named by the setting above",
        ["FUNCTIONS_EXTENSION_VERSION"] = Platform,
        ["FUNCTIONS_WORKER_RUNTIME"] = Host,
        ["ServiceBus__clientId"] = Host,
        ["ServiceBus__credential"] = Host,
        ["ServiceBus__fullyQualifiedNamespace"] = Host + " and " + App,
        ["StepFlow__Cosmos__Endpoint"] = App,
        ["StepFlow__SignIn__AppService"] = App,
        ["StepFlow__SignIn__Audience"] = App,
        ["StepFlow__SignIn__Issuer"] = App,
        ["StepFlow__Jobs__transcode__ContainerAppsJob"] = App,
        ["StepFlow__Video__Job"] = App,
        ["TASK_HUB_NAME"] = Host + ": in host.json",
        ["WEBSITES_ENABLE_APP_SERVICE_STORAGE"] = Platform,
        ["WorkflowStorage__blobServiceUri"] = Host + " and " + App,
        ["WorkflowStorage__clientId"] = Host,
        ["WorkflowStorage__credential"] = Host,
        ["WorkflowStorage__queueServiceUri"] = Host + " and " + App,
    };

    /// <summary>What the app reads and does without.</summary>
    private static readonly Dictionary<string, string> Optional = new(StringComparer.Ordinal)
    {
        ["AzureWebJobsStorage"] = "a connection string, for emulators; in Azure the identity signs in",
        ["ServiceBus"] = "likewise",
        ["WEBSITE_AUTH_ENABLED"] = "App Service sets it",
        ["WorkflowStorage"] = "likewise",
        ["WorkflowStorage__accountName"] = "the name in place of both endpoints",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "telemetry goes to Application Insights",
    };

    private static string[] Set { get; } =
        [.. Setting().Matches(BicepFile.At(Path.Combine("infra", "modules", "functionapp.bicep")).Code).Select(m => m.Groups[1].Value)];

    [Fact]
    public void Setting_OfTheTemplate_HasAReader() => Assert.Equal(Readers.Keys.Order(), Set.Order());

    [Fact]
    public void Setting_ReadByTheApp_IsSetOrOptional()
    {
        string[] read = [.. Read().Matches(Source("Hosting", "AppConfiguration.cs")).Select(m => m.Groups[1].Value.Replace(":", "__", StringComparison.Ordinal))];

        Assert.NotEmpty(read);
        Assert.Empty(read.Except(Set).Except(Optional.Keys));
    }

    [Fact]
    public void Placeholder_InHostJson_IsSetInAzureAndOnOneMachine()
    {
        string[] placeholders = [.. Placeholder().Matches(File.ReadAllText(Path.Combine(BicepFile.Root, "host.json"))).Select(m => m.Groups[1].Value)];

        Assert.NotEmpty(placeholders);
        Assert.Empty(placeholders.Except(Set));
        string local = File.ReadAllText(Path.Combine(BicepFile.Root, "local.settings.sample.json"));
        Assert.All(placeholders, p => Assert.Contains($"\"{p}\"", local, StringComparison.Ordinal));
    }

    [Fact]
    public void Connection_OfATrigger_IsSet()
    {
        string[] connections = [.. Connection().Matches(Triggers()).Select(m => m.Groups[1].Value).Distinct()];

        Assert.NotEmpty(connections);
        Assert.All(connections, c => Assert.Contains(Set, s => s.StartsWith(c + "__", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("functionapp.bicep", @"AzureWebJobs\.(\w+)\.Disabled")]
    [InlineData("uploads.bicep", @"function: '(\w+)'")]
    public void Function_NamedByATemplate_Exists(string module, string pattern)
    {
        string name = Regex.Match(BicepFile.At(Path.Combine("infra", "modules", module)).Code, pattern).Groups[1].Value;

        Assert.Matches($"""\[Function\(("{name}"|nameof\({name}\))\)\]""", Triggers());
    }

    [Fact]
    public void Container_OfTheApp_IsCreated()
    {
        string storage = BicepFile.At(Path.Combine("infra", "modules", "hoststorage.bicep")).Code;
        string[] containers = [.. Container().Matches(Source("Storage", "ExecutionStorage.cs")).Select(m => m.Value.Trim('"')).Distinct()];

        Assert.NotEmpty(containers);
        Assert.All(containers, c => Assert.Contains($"'{c}'", storage, StringComparison.Ordinal));
    }

    /// <summary>Without its package the Functions host does not have this storage provider, and the app does not start.</summary>
    [Fact]
    public void Scheduler_InTheTemplate_HasItsPackageInTheApp()
    {
        Assert.Contains("'azureManaged'", BicepFile.At(Path.Combine("infra", "modules", "functionapp.bicep")).Code, StringComparison.Ordinal);
        Assert.Contains("Include=\"Microsoft.Azure.Functions.Worker.Extensions.DurableTask.AzureManaged\"", Source("ServiceBusPackage.targets"), StringComparison.Ordinal);
        Assert.Contains("-p:ServiceBusPackage=true", File.ReadAllText(Path.Combine(BicepFile.Root, "infra", "Dockerfile")), StringComparison.Ordinal);
    }

    private static string Source(params string[] path) =>
        File.ReadAllText(Path.Combine([BicepFile.Root, "src", "StepFlow.Functions", .. path]));

    private static string Triggers() => string.Join('\n', Directory
        .EnumerateFiles(Path.Combine(BicepFile.Root, "src", "StepFlow.Functions", "Triggers"), "*.cs").Select(File.ReadAllText));

    [GeneratedRegex(@"name: '(\w[\w.]+)'\s+value: ")]
    private static partial Regex Setting();

    [GeneratedRegex("""root\["([^"]+)"\]""")]
    private static partial Regex Read();

    [GeneratedRegex("%([A-Z_]+)%")]
    private static partial Regex Placeholder();

    [GeneratedRegex("""Connection = "(\w+)["]""")]
    private static partial Regex Connection();

    [GeneratedRegex("""["]stepflow-[a-z]+["]""")]
    private static partial Regex Container();
}
