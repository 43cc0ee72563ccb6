using Azure.Storage.Blobs;
using Microsoft.Extensions.Hosting;
using StepFlow.Functions.Storage;

namespace StepFlow.Functions.Hosting;

/// <summary>Creates the containers that are missing when the app starts: on one machine with Azurite nobody else does.</summary>
internal sealed class ContainerCreation(BlobServiceClient blobs) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (string name in ExecutionStorage.Containers)
        {
            await blobs.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
