using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StepFlow.Service;
using StepFlow.Service.Configuration;
using StepFlow.Service.Deployments;

namespace StepFlow.Functions.Hosting;

/// <summary>Creates and updates the state machines that are deployed with the app, when it starts: the definitions in its folder <c>machines</c>.</summary>
internal sealed class MachinesAtStart(MachineRegistration machines, StateMachineSettings settings, ILogger<MachinesAtStart> logger) : IHostedService
{
    /// <summary>The default folder, in the app's folder.</summary>
    public const string DefaultFolder = "machines";

    /// <summary>Registers the definitions of the folder. A rejected one is logged, and its state machine does not change. The others, and running executions, continue.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder that the settings name is not there.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, settings.Folder ?? DefaultFolder);
        if (settings.Folder is null && !Directory.Exists(folder))
        {
            return;
        }

        foreach (FolderDefinition definition in await machines.ReadAsync(folder, cancellationToken))
        {
            ApiResult registered = await machines.RegisterAsync(definition, cancellationToken);
            if (registered.IsSuccess)
            {
                FunctionsLogs.MachineRegistered(logger, definition.Name);
            }
            else
            {
                FunctionsLogs.MachineRefused(logger, definition.Name, definition.File, registered.Error.Code, registered.Error.Message);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
