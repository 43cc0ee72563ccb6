using Microsoft.Extensions.Options;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Processes;
using StepFlow.Integrations.Tasks;
using StepFlow.VideoPipeline.Media;

namespace StepFlow.VideoPipeline.Handlers;

/// <summary>The base of the pipeline's functions: downloads the upload into a temporary folder, and always removes the folder.</summary>
internal abstract class VideoHandler(VideoStore store, IOptions<VideoPipelineOptions> options) : IFunctionHandler
{
    public abstract string Name { get; }

    public long MemoryBytes => Options.ToolMemoryBytes;

    protected VideoStore Store => store;

    protected VideoPipelineOptions Options { get; } = options.Value;

    public abstract Task<FunctionResult> HandleAsync(FunctionCall call, CancellationToken cancellationToken);

    /// <summary>Runs work on a local copy of the upload.</summary>
    protected async Task<FunctionResult> WithSourceAsync(SourceRequest source, Func<ProcessFolder, string, Task<FunctionResult>> work, CancellationToken cancellationToken)
    {
        using var folder = ProcessFolder.Create(Options.TempFolder);
        string file = folder.PathOf("source");
        Attempt<BlobProperties> downloaded = await store.DownloadAsync(source, file, cancellationToken);
        return downloaded.IsSuccess ? await work(folder, file) : downloaded.Failure;
    }

    protected static FunctionFailed? CheckPayload(ArgumentReader payload) =>
        payload.Problem is { } problem ? VideoErrors.Fail(VideoErrors.InvalidPayload, problem) : null;
}
