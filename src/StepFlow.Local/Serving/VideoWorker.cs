using StepFlow.Language;
using StepFlow.Service;
using StepFlow.Service.Deployments;
using StepFlow.VideoPipeline.Definition;
using StepFlow.VideoPipeline.Watching;

namespace StepFlow.Local.Serving;

/// <summary>Registers the video pipeline's state machine when the server starts, and starts it for new blobs.</summary>
internal sealed class VideoWorker(MachineRegistration machines, BlobWatcher watcher) : BackgroundService
{
    private string _arn = string.Empty;

    /// <exception cref="CommandException">The state machine is rejected, which is a defect of this version.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        ApiResult registered = await machines.RegisterAsync(VideoPipelineDefinition.Name, VideoPipelineDefinition.Read(), StateMachineType.Standard, cancellationToken);
        _arn = registered.IsSuccess
            ? registered.Response.RequiredText("stateMachineArn")
            : throw new CommandException(ExitCodes.InvalidDefinition, $"The state machine {VideoPipelineDefinition.Name} is refused: {registered.Error.Code}: {registered.Error.Message}");
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => watcher.RunAsync(_arn, stoppingToken);
}
