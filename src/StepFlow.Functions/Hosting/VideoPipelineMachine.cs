using StepFlow.Language;
using StepFlow.Service;
using StepFlow.Service.Deployments;
using StepFlow.VideoPipeline.Definition;

namespace StepFlow.Functions.Hosting;

/// <summary>The video pipeline's state machine, created or updated when it is first needed: an app without videos does not have it.</summary>
internal sealed class VideoPipelineMachine(MachineRegistration machines) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private string? _arn;

    /// <summary>Its ARN.</summary>
    /// <exception cref="InvalidOperationException">The definition was rejected, which is a defect of this version.</exception>
    public async Task<string> ArnAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _arn ??= await RegisterAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<string> RegisterAsync(CancellationToken cancellationToken)
    {
        ApiResult registered = await machines.RegisterAsync(VideoPipelineDefinition.Name, VideoPipelineDefinition.Read(), StateMachineType.Standard, cancellationToken);
        return registered.IsSuccess
            ? registered.Response.RequiredText("stateMachineArn")
            : throw new InvalidOperationException($"The state machine {VideoPipelineDefinition.Name} is refused: {registered.Error.Message}");
    }
}
