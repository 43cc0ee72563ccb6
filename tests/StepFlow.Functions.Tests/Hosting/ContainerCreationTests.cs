using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using StepFlow.Functions.Hosting;
using StepFlow.VideoPipeline;

namespace StepFlow.Functions.Tests.Hosting;

/// <summary>What the app makes at its start where nobody else does.</summary>
public sealed class ContainerCreationTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Start_WithAnEmptyAccount_MakesThePipelinesContainers()
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        string name = AzuriteFixture.UniqueName();
        var blobs = new BlobServiceClient(azurite.ConnectionString);
        var creation = new ContainerCreation(
            blobs, Options.Create(new VideoPipelineOptions { InputContainer = name + "in", OutputContainer = name + "out" }));

        await creation.StartAsync(cancelled);
        await creation.StartAsync(cancelled);

        Assert.True(await blobs.GetBlobContainerClient(name + "in").ExistsAsync(cancelled));
        Assert.True(await blobs.GetBlobContainerClient(name + "out").ExistsAsync(cancelled));
    }
}
