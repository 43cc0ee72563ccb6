using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Executions;
using StepFlow.VideoPipeline.Handlers;

namespace StepFlow.VideoPipeline.Watching;

/// <summary>
/// Starts an execution for each version of each blob in the input container, exactly once, also across restarts: the
/// execution is named after the version, and a name starts one execution only.
/// </summary>
public sealed class BlobWatcher
{
    private readonly IBlobStore _blobs;
    private readonly NewBlobs _new;
    private readonly IExecutionStarter _starter;
    private readonly ILogger<BlobWatcher> _logger;
    private readonly TimeProvider _time;
    private readonly string _container;
    private readonly string _output;
    private readonly TimeSpan _interval;

    /// <summary>A watcher of the container that the settings name.</summary>
    public BlobWatcher(IBlobStore blobs, IExecutionStarter starter, IOptions<VideoPipelineOptions> options, TimeProvider time, ILogger<BlobWatcher> logger)
    {
        (_blobs, _starter, _time, _logger) = (blobs, starter, time, logger);
        (_container, _output) = (options.Value.InputContainer, options.Value.OutputContainer);
        _new = new(blobs, _container);
        _interval = TimeSpan.FromSeconds(options.Value.WatchSeconds);
    }

    /// <summary>The name of the execution for a version of a blob.</summary>
    public static string ExecutionName(string container, string blob, string etag) => VideoId.For(new(container, blob, etag.Trim('"')));

    /// <summary>The input of the execution for a version of a blob.</summary>
    public static string ExecutionInput(string container, string blob, string etag) => JsonObject.Create(
        ("container", container),
        ("blob", blob),
        ("etag", etag.Trim('"'))).ToString();

    /// <summary>Creates missing containers, then polls until cancelled. A poll that fails is logged, and the next one follows.</summary>
    /// <param name="stateMachineArn">What to start.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async Task RunAsync(string stateMachineArn, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_interval, _time);
        bool prepared = false;
        do
        {
            try
            {
                prepared = prepared || await PrepareAsync(cancellationToken);
                await PollAsync(stateMachineArn, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                VideoPipelineLogs.WatchFailed(_logger, failure, _container);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Polls once, and starts an execution for each new blob.</summary>
    /// <returns>The number of executions that this poll started.</returns>
    public async Task<int> PollAsync(string stateMachineArn, CancellationToken cancellationToken)
    {
        int count = 0;
        BlobFailure failure = await _new.PollAsync(
            async blob =>
            {
                StartResult result = await StartAsync(stateMachineArn, blob, cancellationToken);
                if (result is StartRefused { Code: not "ExecutionAlreadyExists" } refused)
                {
                    VideoPipelineLogs.StartRefused(_logger, blob.Name, refused.Code, refused.Message);
                    return false;
                }

                count += result is Started ? 1 : 0;
                return true;
            },
            cancellationToken);
        if (failure != BlobFailure.None)
        {
            VideoPipelineLogs.WatchRefused(_logger, _container, failure);
        }

        return count;
    }

    private async Task<bool> PrepareAsync(CancellationToken cancellationToken)
    {
        await _blobs.CreateContainerAsync(_container, cancellationToken);
        await _blobs.CreateContainerAsync(_output, cancellationToken);
        return true;
    }

    private Task<StartResult> StartAsync(string stateMachineArn, BlobProperties blob, CancellationToken cancellationToken) =>
        _starter.StartAsync(
            new(stateMachineArn, ExecutionName(_container, blob.Name, blob.ETag), ExecutionInput(_container, blob.Name, blob.ETag)),
            cancellationToken);
}
