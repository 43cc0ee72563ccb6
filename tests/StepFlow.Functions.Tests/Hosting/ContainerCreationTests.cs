using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using StepFlow.Functions.Hosting;
using StepFlow.Integrations.Storage;
using StepFlow.VideoPipeline;

namespace StepFlow.Functions.Tests.Hosting;

/// <summary>The containers and queues that the app creates at its start if nothing else does.</summary>
public sealed class ContainerCreationTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Start_WithEmptyAccounts_MakesThePipelinesContainersInThatOfWorkflows()
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        string name = AzuriteFixture.UniqueName();
        var blobs = new BlobServiceClient(azurite.ConnectionString);
        var workflows = new BlobServiceClient(azurite.OtherConnectionString);
        var creation = new ContainerCreation(
            blobs,
            new StorageClients(() => new() { ConnectionString = azurite.OtherConnectionString }, new DefaultAzureCredential()),
            Options.Create(new VideoPipelineOptions { InputContainer = name + "in", OutputContainer = name + "out" }));

        await creation.StartAsync(cancelled);
        await creation.StartAsync(cancelled);

        Assert.True(await workflows.GetBlobContainerClient(name + "in").ExistsAsync(cancelled));
        Assert.True(await workflows.GetBlobContainerClient(name + "out").ExistsAsync(cancelled));
        Assert.False(await blobs.GetBlobContainerClient(name + "in").ExistsAsync(cancelled));
    }
}
