using Azure.Storage.Blobs;

namespace StepFlow.Functions.Tests.Storage;

/// <summary>Containers of the emulator, one for each test.</summary>
internal static class Containers
{
    public static async Task<BlobContainerClient> CreateAsync(AzuriteFixture azurite)
    {
        var container = new BlobContainerClient(azurite.ConnectionString, AzuriteFixture.UniqueName() + "c");
        await container.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        return container;
    }
}
