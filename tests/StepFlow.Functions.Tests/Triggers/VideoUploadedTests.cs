using Azure.Storage.Blobs;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Functions.Triggers;
using StepFlow.Language.Json;
using StepFlow.VideoPipeline.Definition;

namespace StepFlow.Functions.Tests.Triggers;

public sealed class VideoUploadedTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Triggers_ReportedAgainOfEachVersion_StartsOneExecutionForEach()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite, allowsFailures: true);
        BlobContainerClient container = fixture.Host.Container("uploads");
        await container.CreateAsync(cancellationToken: Cancelled);
        BlobClient blob = container.GetBlobClient("a.mp4");

        foreach (string content in new[] { "first", "second" })
        {
            await blob.UploadAsync(BinaryData.FromString(content), overwrite: true, Cancelled);
            await Trigger(fixture).UploadedAsync(blob, fixture.Host.Client, Cancelled);
            await Trigger(fixture).UploadedAsync(blob, fixture.Host.Client, Cancelled);
            await Trigger(fixture).ScannedAsync(blob, fixture.Host.Client, Cancelled);
        }

        JsonObject list = await fixture.CallAsync("ListExecutions", ("stateMachineArn", ServiceFixture.MachineArn(VideoPipelineDefinition.Name)));
        Assert.Equal(2, ((JsonArray)list["executions"]!).Count);
    }

    private static VideoUploaded Trigger(ServiceFixture fixture) => (VideoUploaded)fixture.Host.App.Create(typeof(VideoUploaded));
}
