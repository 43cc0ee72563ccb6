using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StepFlow.Language;
using StepFlow.Language.Json;
using StepFlow.Service;
using StepFlow.Service.Configuration;
using StepFlow.Service.DefinitionFiles;
using StepFlow.Service.Deployments;
using StepFlow.VideoPipeline.Definition;

namespace StepFlow.Functions.Hosting;

/// <summary>
/// Creates and updates the state machines that are deployed with the app: the definitions in its folder <c>machines</c> when it
/// starts, and the video pipeline's when it is first needed.
/// </summary>
internal sealed class MachineRegistration(StepFunctionsService service, StateMachineSettings settings, ILogger<MachineRegistration> logger) : IHostedService, IDisposable
{
    /// <summary>The folder, below the app's own, where no other is set.</summary>
    public const string DefaultFolder = "machines";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly MachineDeployment _deployment = new(service, settings.RoleArn);
    private string? _arn;

    /// <summary>
    /// Registers the folder's definitions. One that is refused is told in the log, and the state machine stays as it was: the
    /// others, and what runs, go on.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">The folder that the settings name is not there.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, settings.Folder ?? DefaultFolder);
        if (settings.Folder is null && !Directory.Exists(folder))
        {
            return;
        }

        foreach (string file in DefinitionName.In(folder))
        {
            ReadDefinition read = DefinitionReader.Read(file, await File.ReadAllTextAsync(file, cancellationToken));
            string name = read.Name ?? DefinitionName.Of(file);
            if (read.Problem is { } problem)
            {
                FunctionsLogs.MachineRefused(logger, name, file, problem.Code, problem.Message);
                continue;
            }

            StateMachineType type = settings.Express.Contains(name) ? StateMachineType.Express : StateMachineType.Standard;
            ApiResult deployed = await _deployment.DeployAsync(name, read.Text, type, cancellationToken);
            if (deployed.IsSuccess)
            {
                FunctionsLogs.MachineRegistered(logger, name);
            }
            else
            {
                FunctionsLogs.MachineRefused(logger, name, file, deployed.Error.Code, deployed.Error.Message);
            }
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <summary>The pipeline's state machine, created or updated on first use.</summary>
    /// <exception cref="InvalidOperationException">It was refused: a bug of this version.</exception>
    public async Task<string> VideoPipelineAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _arn ??= await RegisterVideoPipelineAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<string> RegisterVideoPipelineAsync(CancellationToken cancellationToken)
    {
        ApiResult deployed = await _deployment.DeployAsync(VideoPipelineDefinition.Name, VideoPipelineDefinition.Read(), StateMachineType.Standard, cancellationToken);
        return deployed.IsSuccess
            ? ((JsonString)deployed.Response["stateMachineArn"]!).Value
            : throw new InvalidOperationException($"The state machine {VideoPipelineDefinition.Name} is refused: {deployed.Error.Message}");
    }
}
