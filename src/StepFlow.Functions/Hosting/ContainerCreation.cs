using Azure.Storage.Blobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StepFlow.Functions.Storage;
using StepFlow.Integrations.Storage;
using StepFlow.VideoPipeline;

namespace StepFlow.Functions.Hosting;

/// <summary>
/// Creates missing containers when the app starts, including those of the video pipeline. On one machine with Azurite
/// nothing else creates them.
/// </summary>
/// <param name="blobs">The host's storage account.</param>
/// <param name="workflows">The account that workflows reach.</param>
/// <param name="video">The pipeline's containers.</param>
internal sealed class ContainerCreation(BlobServiceClient blobs, StorageClients workflows, IOptions<VideoPipelineOptions> video) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await CreateAsync(blobs, ExecutionStorage.Containers, cancellationToken);
        await CreateAsync(workflows.Blobs, [video.Value.InputContainer, video.Value.OutputContainer], cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task CreateAsync(BlobServiceClient account, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        foreach (string name in names)
        {
            await account.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
    }
}
