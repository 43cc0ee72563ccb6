using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using StepFlow.Execution;
using StepFlow.Functions.Triggers;
using StepFlow.Integrations.Tables;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Service;
using StepFlow.Testing;
using StepFlow.VideoPipeline.Definition;

namespace StepFlow.Functions.Tests.TaskHub;

/// <summary>The video pipeline as the app runs it: from an upload to the finished video, on the durable back end, with ffmpeg.</summary>
public sealed class HubVideoTests
{
    private const string Upload = VideoUploaded.Container;
    private const string Queue = "video-notifications";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_OfAVideo_BecomesRenditionsThumbnailsATableItemAndANotification()
    {
        // The pipeline's containers have fixed names.
        await using Azurite azurite = await Azurite.StartAsync();
        await TestApp.CreateContainersAsync(azurite.ConnectionString, string.Empty);
        var blobs = new BlobServiceClient(azurite.ConnectionString);
        await blobs.CreateBlobContainerAsync(Upload, cancellationToken: Cancelled);
        await blobs.CreateBlobContainerAsync("renditions", cancellationToken: Cancelled);
        var notifications = new QueueClient(azurite.ConnectionString, Queue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await notifications.CreateAsync(cancellationToken: Cancelled);
        await using HubInstance instance = await HubInstance.StartAsync(
            new() { ConnectionString = azurite.ConnectionString, Name = "video", WorkerId = "one" },
            new() { ConnectionString = azurite.ConnectionString, Prefix = string.Empty, Settings = new Dictionary<string, string?> { ["StepFlow:Video:Preset"] = "ultrafast" } });
        BlobClient blob = await UploadAsync(blobs);

        await ((VideoUploaded)instance.App.Create(typeof(VideoUploaded))).UploadedAsync(blob, instance.Client, Cancelled);
        string execution = await FindAsync(instance);
        ExecutionRecord ended = (await instance.Executions.WaitAsync(execution, Cancelled))!;

        Assert.Equal((ExecutionStatus.Succeeded, null), (ended.Status, ended.Cause));
        string[] results = [.. blobs.GetBlobContainerClient("renditions").GetBlobs(cancellationToken: Cancelled).Select(static result => result.Name)];
        Assert.Contains(results, static name => name.EndsWith(".mp4", StringComparison.Ordinal));
        Assert.Contains(results, static name => name.EndsWith(".jpg", StringComparison.Ordinal));
        Assert.Single(await ItemsAsync(instance));
        string message = (await notifications.ReceiveMessageAsync(cancellationToken: Cancelled)).Value.Body.ToString();
        Assert.Equal("SUCCEEDED", ((JsonObject)JsonValue.Parse(message)).RequiredText("status"));
    }

    private static async Task<BlobClient> UploadAsync(BlobServiceClient blobs)
    {
        using var folder = new TemporaryFolder();
        string file = folder.PathOf("a.mp4");
        await TestVideo.MakeAsync(file, 640, 360, 2);
        BlobClient blob = blobs.GetBlobContainerClient(Upload).GetBlobClient("a.mp4");
        await blob.UploadAsync(file, Cancelled);
        return blob;
    }

    private static async Task<string> FindAsync(HubInstance instance)
    {
        ApiResult machines = await instance.App.Get<StepFunctionsService>().InvokeAsync("ListStateMachines", JsonObject.Empty, CallerContext.Internal, Cancelled);
        JsonObject machine = ((JsonArray)machines.Response!["stateMachines"]!).Cast<JsonObject>().Single(static one => one.RequiredText("name") == VideoPipelineDefinition.Name);
        ApiResult executions = await instance.App.Get<StepFunctionsService>().InvokeAsync(
            "ListExecutions", JsonObject.Create(("stateMachineArn", machine["stateMachineArn"]!)), CallerContext.Internal, Cancelled);
        return Assert.Single(((JsonArray)executions.Response!["executions"]!).Cast<JsonObject>()).RequiredText("executionArn");
    }

    private static async Task<IReadOnlyList<JsonObject>> ItemsAsync(HubInstance instance)
    {
        var items = new List<JsonObject>();
        await foreach (JsonObject item in instance.App.Get<ITableStore>().ListAsync("videos", null, Cancelled))
        {
            items.Add(item);
        }

        return items;
    }
}
