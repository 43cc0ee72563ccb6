using System.Text.Json;

namespace StepFlow.Infra.Tests;

/// <summary>host.json: the host ignores a key that it does not know, so each must be one that it documents.</summary>
public sealed class HostJsonTests
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "version",
        "functionTimeout",
        "logging/logLevel/*",
        "logging/applicationInsights/samplingSettings/isEnabled",
        "logging/applicationInsights/samplingSettings/excludedTypes",
        "extensions/http/routePrefix",
        "extensions/durableTask/hubName",
        "extensions/durableTask/maxConcurrentActivityFunctions",
        "extensions/durableTask/maxConcurrentOrchestratorFunctions",
        "extensions/durableTask/storageProvider/type",
        "extensions/durableTask/storageProvider/partitionCount",
        "extensions/durableTask/storageProvider/maxQueuePollingInterval",
        "extensions/durableTask/storageProvider/controlQueueVisibilityTimeout",
        "extensions/durableTask/storageProvider/workItemQueueVisibilityTimeout",
        "extensions/durableTask/tracing/distributedTracingEnabled",
        "extensions/durableTask/tracing/version",
        "extensions/blobs/maxDegreeOfParallelism",
        "extensions/queues/messageEncoding",
        "extensions/queues/batchSize",
        "extensions/queues/newBatchThreshold",
        "extensions/queues/maxPollingInterval",
        "extensions/queues/visibilityTimeout",
        "extensions/queues/maxDequeueCount",
        "extensions/serviceBus/maxConcurrentCalls",
    };

    private static JsonElement Root { get; } = JsonDocument.Parse(File.ReadAllText(Path.Combine(BicepFile.Root, "host.json"))).RootElement;

    [Fact]
    public void Key_OfAnyName_IsDocumented()
    {
        string[] keys = [.. Leaves(Root, string.Empty).Select(key => key.StartsWith("logging/logLevel/", StringComparison.Ordinal) ? "logging/logLevel/*" : key)];

        Assert.Empty(keys.Except(Known));
    }

    /// <summary>The workbook and the alerts count log lines, which are traces: a sample of them counts wrong.</summary>
    [Fact]
    public void Sampling_OfTheHost_DropsNoLogLines()
    {
        string excluded = Root.GetProperty("logging").GetProperty("applicationInsights").GetProperty("samplingSettings").GetProperty("excludedTypes").GetString()!;

        Assert.Contains("Trace", excluded.Split(';'));
    }

    /// <summary>A function's invocation that is cut off runs again from the start: it must be allowed as long as the longest tool.</summary>
    [Fact]
    public void FunctionTimeout_OfTheHost_IsLongerThanTheLongestTool()
    {
        var limit = TimeSpan.Parse(Root.GetProperty("functionTimeout").GetString()!, System.Globalization.CultureInfo.InvariantCulture);

        Assert.True(limit > TimeSpan.FromSeconds(new StepFlow.VideoPipeline.VideoPipelineOptions().ToolTimeoutSeconds));
    }

    /// <summary>Within an invocation the app's lines have the category <c>Function.NAME.User</c>, and the level Information.</summary>
    [Fact]
    public void LogLevel_OfTheAppsLines_LetsThemThrough()
    {
        JsonElement levels = Root.GetProperty("logging").GetProperty("logLevel");

        Assert.Equal("Information", levels.GetProperty("default").GetString());
        Assert.DoesNotContain(levels.EnumerateObject(), level => level.Name.StartsWith("Function", StringComparison.Ordinal));
    }

    /// <summary>
    /// The host's storage clients write two lines of the category <c>Azure.Core</c> for each request, and the host looks into
    /// six queues every second: the level <c>default</c> would store more than a million lines a day of an app that does nothing.
    /// They warn of each 404 and 409 as well, which their callers expect (leases, containers that exist).
    /// </summary>
    [Fact]
    public void LogLevel_OfTheStorageClients_LetsErrorsThroughOnly()
    {
        JsonElement levels = Root.GetProperty("logging").GetProperty("logLevel");

        Assert.Equal("Error", levels.GetProperty("Azure.Core").GetString());
        Assert.Equal("Warning", levels.GetProperty("Azure").GetString());
    }

    [Fact]
    public void Queues_OfTheHost_DecodeWhatTheAppEncodes()
    {
        JsonElement queues = Root.GetProperty("extensions").GetProperty("queues");

        Assert.Equal("base64", queues.GetProperty("messageEncoding").GetString());
        Assert.InRange(queues.GetProperty("batchSize").GetInt32(), 1, 32);
        Assert.InRange(queues.GetProperty("newBatchThreshold").GetInt32(), 0, 1000);
    }

    private static IEnumerable<string> Leaves(JsonElement element, string path) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(member => Leaves(member.Value, path.Length == 0 ? member.Name : $"{path}/{member.Name}"))
        : [path];
}
