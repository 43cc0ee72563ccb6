using Azure.Storage.Blobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StepFlow.Functions.Storage;
using StepFlow.VideoPipeline;

namespace StepFlow.Functions.Hosting;

/// <summary>
/// Creates the containers that are missing when the app starts, the video pipeline's too: on one machine with Azurite
/// nobody else does.
/// </summary>
internal sealed class ContainerCreation(BlobServiceClient blobs, IOptions<VideoPipelineOptions> video) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (string name in (string[])[.. ExecutionStorage.Containers, video.Value.InputContainer, video.Value.OutputContainer])
        {
            await blobs.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
