using StepFlow.Language.Json;
using StepFlow.Service;
using StepFlow.Service.Errors;
using StepFlow.VideoPipeline.Definition;

namespace StepFlow.Functions.Hosting;

/// <summary>Keeps the video pipeline's state machine as this version of the app defines it.</summary>
internal sealed class MachineRegistration(StepFunctionsService service) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private string? _arn;

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <summary>The pipeline's state machine, created or updated on first use.</summary>
    /// <exception cref="InvalidOperationException">It was refused: a bug of this version.</exception>
    public async Task<string> VideoPipelineAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _arn ??= await RegisterAsync(VideoPipelineDefinition.Name, VideoPipelineDefinition.Read(), cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<string> RegisterAsync(string name, string definition, CancellationToken cancellationToken)
    {
        string arn = $"arn:aws:states:{service.Options.Region}:{service.Options.Account}:stateMachine:{name}";
        ApiResult created = await service.InvokeAsync(
            "CreateStateMachine",
            JsonObject.Create(("name", name), ("definition", definition), ("roleArn", $"arn:aws:iam::{service.Options.Account}:role/stepflow")),
            CallerContext.Internal,
            cancellationToken);
        if (!created.IsSuccess && created.Error.Code == ErrorCodes.StateMachineAlreadyExists)
        {
            created = await service.InvokeAsync(
                "UpdateStateMachine", JsonObject.Create(("stateMachineArn", arn), ("definition", definition)), CallerContext.Internal, cancellationToken);
        }

        return created.IsSuccess ? arn : throw new InvalidOperationException($"The state machine {name} is refused: {created.Error.Message}");
    }
}
