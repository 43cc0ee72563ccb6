using System.Reflection;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using StepFlow.Functions.Declaration;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Triggers;
using StepFlow.Hosting.Compliance;
using StepFlow.Language.Json;
using StepFlow.Testing;
using StepFlow.VideoPipeline;
using StepFlow.VideoPipeline.Definition;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>The app in the Functions host itself, where there is one, beside the local server: what clients see must be the same.</summary>
/// <param name="hosted">Both of them.</param>
public sealed class FunctionsHostTests(HostedPair hosted) : IClassFixture<HostedPair>
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The names of the kinds.</summary>
    public static TheoryData<string> Kinds => [.. HistoryKinds.All.Select(static kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task History_OfEachKind_EqualsTheLocalServers(string name)
    {
        FunctionsHost.Require();
        HistoryKind kind = HistoryKinds.All.Single(kind => kind.Name == name);
        Task<string> local = kind.RunAsync(hosted.Local, hosted.LocalTasks);
        string app = await kind.RunAsync(hosted.App, hosted.AppTasks);
        Assert.Equal(await local, app);
    }

    [Fact]
    public void Functions_OfTheApp_AreAllIndexed()
    {
        FunctionsHost.Require();
        string[] written = [.. typeof(AzureExecutionHost).Assembly.GetTypes().Except([typeof(ConfiguredTriggers)])
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name).OfType<string>().Except(FunctionsHost.Disabled), "Trigger_minute", "Trigger_order", "Trigger_arrived"];
        IReadOnlyList<string> lines = hosted.Host.Lines;
        Assert.NotEmpty(written);
        Assert.All(written, name => Assert.Contains(lines, line => line.Contains(name, StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.Contains("is in error", StringComparison.Ordinal) && !FunctionsHost.Disabled.Any(name => line.Contains($"'{name}'", StringComparison.Ordinal)));
    }

    /// <summary>Otherwise each poll of a queue writes two lines: more than a million a day, each paid for.</summary>
    [Fact]
    public void Lines_OfTheStorageClient_AreNotLogged()
    {
        FunctionsHost.Require();
        Assert.DoesNotContain(hosted.Host.Lines, static line => line.Contains("x-ms-client-request-id", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ExpressExecution_StartedSynchronously_ReturnsItsOutput()
    {
        FunctionsHost.Require();
        string[] results = await Task.WhenAll(RunAsync(hosted.App), RunAsync(hosted.Local));
        Assert.Equal("""SUCCEEDED {"n":1}""", results[0]);
        Assert.Equal(results[1], results[0]);

        static async Task<string> RunAsync(RemoteApp app)
        {
            string machine = await app.CreateAsync("express", Machines.Sequence(3), "EXPRESS");
            JsonObject ended = await app.CallAsync("StartSyncExecution", ("stateMachineArn", machine), ("input", """{"n":1}"""));
            return $"{RemoteApp.Text(ended, "status")} {RemoteApp.Text(ended, "output")}";
        }
    }

    [Fact]
    public async Task MapRun_OfAnExecution_ShowsItsCounts()
    {
        FunctionsHost.Require();
        string[] counts = await Task.WhenAll(RunAsync(hosted.App), RunAsync(hosted.Local));
        Assert.Equal(counts[1], counts[0]);

        static async Task<string> RunAsync(RemoteApp app)
        {
            string machine = await app.CreateAsync("counted", Machines.DistributedMap);
            string execution = await app.StartAsync(machine, "e", JsonValue.Parse("[1,2,3]"));
            await app.EndAsync(execution);
            JsonObject run = (JsonObject)Assert.Single((JsonArray)(await app.CallAsync("ListMapRuns", ("executionArn", execution)))["mapRuns"]!);
            JsonObject found = await app.CallAsync("DescribeMapRun", ("mapRunArn", run["mapRunArn"]!));
            return $"{RemoteApp.Text(found, "status")} {found["itemCounts"]} {found["executionCounts"]}";
        }
    }

    /// <summary>By the platform's timer, queue trigger and Event Grid trigger: the app itself looks for nothing.</summary>
    [Fact]
    public async Task Triggers_OfEachKind_AreThePlatformsAndStartOneExecutionForEachCause()
    {
        FunctionsHost.Require();
        Assert.DoesNotContain(hosted.Host.Lines, static line => line.Contains($"Functions.{TriggerTemplates.Poll}'", StringComparison.Ordinal));
        string machine = await hosted.App.CreateAsync(HostedTriggers.Machine, """{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}""");
        var queue = new QueueClient(hosted.ConnectionString, HostedTriggers.Queue, new() { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync(cancellationToken: Cancelled);
        string message = (await queue.SendMessageAsync("""{"order":1}""", Cancelled)).Value.MessageId;
        BlobContainerClient container = hosted.Storage.GetBlobContainerClient(HostedTriggers.Container);
        await container.CreateIfNotExistsAsync(cancellationToken: Cancelled);
        using var grid = new EventGridDouble(hosted.Host.Address, hosted.Storage);
        foreach (string name in (string[])["b.txt", "a.csv"])
        {
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromString("x"), Cancelled);
            await grid.ReportAsync("Trigger_arrived", container.GetBlobClient(name), Cancelled);
            await grid.ReportAsync("Trigger_arrived", container.GetBlobClient(name), Cancelled);
        }

        Dictionary<string, JsonObject[]> started = await InputsAsync(machine, ["order", "arrived", "minute"]);

        Assert.Equal(JsonObject.Create(("Trigger", "order"), ("Queue", HostedTriggers.Queue), ("MessageId", message), ("Body", JsonValue.Parse("""{"order":1}"""))), Assert.Single(started["order"]));
        Assert.Equal("a.csv", RemoteApp.Text(Assert.Single(started["arrived"]), "Blob"));
        Assert.All(started["minute"], static time => Assert.EndsWith(":00Z", RemoteApp.Text(time, "Time"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Video_Uploaded_IsTranscoded()
    {
        FunctionsHost.Require();
        var video = new VideoPipelineOptions();
        using var folder = new TemporaryFolder();
        string file = folder.PathOf("film.mp4");
        await TestVideo.MakeAsync(file, 320, 240, 1);
        await hosted.Storage.GetBlobContainerClient(video.InputContainer).GetBlobClient("film.mp4").UploadAsync(file, Cancelled);

        JsonObject ended = await hosted.App.EndAsync(await UploadAsync());
        Assert.True(RemoteApp.Text(ended, "status") == "SUCCEEDED", ended.ToString());
        BlobContainerClient output = hosted.Storage.GetBlobContainerClient(video.OutputContainer);
        var written = new List<string>();
        await foreach (Azure.Storage.Blobs.Models.BlobItem blob in output.GetBlobsAsync(cancellationToken: Cancelled))
        {
            written.Add(blob.Name);
        }

        Assert.Contains(written, static name => name.EndsWith(".mp4", StringComparison.Ordinal));
    }

    /// <summary>Waits until each trigger has started an execution; the inputs of all executions, by trigger.</summary>
    private async Task<Dictionary<string, JsonObject[]>> InputsAsync(string machine, IReadOnlyList<string> triggers)
    {
        while (true)
        {
            var inputs = new List<JsonObject>();
            foreach (JsonValue execution in (JsonArray)(await hosted.App.CallAsync("ListExecutions", ("stateMachineArn", machine)))["executions"]!)
            {
                JsonObject described = await hosted.App.CallAsync("DescribeExecution", ("executionArn", ((JsonObject)execution)["executionArn"]!));
                inputs.Add((JsonObject)JsonValue.Parse(RemoteApp.Text(described, "input")));
            }

            var found = inputs.GroupBy(static input => RemoteApp.Text(input, "Trigger")).ToDictionary(static group => group.Key, static group => group.ToArray());
            if (triggers.All(found.ContainsKey))
            {
                return found;
            }

            await Task.Delay(LookInterval, Cancelled);
        }
    }

    /// <summary>Waits for the execution of the upload.</summary>
    private async Task<string> UploadAsync()
    {
        while (true)
        {
            var machines = (JsonArray)(await hosted.App.CallAsync("ListStateMachines"))["stateMachines"]!;
            if (machines.Cast<JsonObject>().FirstOrDefault(static machine => RemoteApp.Text(machine, "name") == VideoPipelineDefinition.Name) is { } found)
            {
                var executions = (JsonArray)(await hosted.App.CallAsync("ListExecutions", ("stateMachineArn", found["stateMachineArn"]!)))["executions"]!;
                if (executions.Count > 0)
                {
                    return RemoteApp.Text((JsonObject)executions[0], "executionArn");
                }
            }

            await Task.Delay(LookInterval, Cancelled);
        }
    }
}
