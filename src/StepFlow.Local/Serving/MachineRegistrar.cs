using StepFlow.Language;
using StepFlow.Language.Json;
using StepFlow.Local.Definitions;
using StepFlow.Local.Failures;
using StepFlow.Local.Sources;
using StepFlow.Service;
using StepFlow.Service.Configuration;
using StepFlow.Service.DefinitionFiles;
using StepFlow.Service.Deployments;

namespace StepFlow.Local.Serving;

/// <summary>Creates or updates the state machines that the configuration names, when the server starts.</summary>
internal sealed class MachineRegistrar(StepFunctionsService service, StateMachineSettings settings, TextWriter error)
{
    private readonly MachineDeployment _deployment = new(service, settings.RoleArn);

    /// <summary>Registers a folder's definitions.</summary>
    /// <exception cref="CommandException">The folder is missing, or a definition is not valid.</exception>
    public async Task RegisterFolderAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new CommandException(ExitCodes.InvalidConfiguration, $"StateMachines:Folder: {folder}: no such folder.");
        }

        var files = new Dictionary<string, string>();
        foreach (string file in DefinitionName.In(folder))
        {
            NamedDefinition read = await DefinitionSource.ReadOneAsync(file, SourceOptions.Default, cancellationToken);
            if (!files.TryAdd(read.Name, file))
            {
                throw new CommandException(ExitCodes.InvalidConfiguration, $"StateMachines:Folder: {files[read.Name]} and {file} both define the machine {read.Name}.");
            }

            StateMachineType type = settings.Express.Contains(read.Name) ? StateMachineType.Express : StateMachineType.Standard;
            CheckedDefinition definition = await DefinitionSource.RequireAsync(read, type, service.Options.Limits, service.Options.Integrations, error);
            await RegisterAsync(definition.Name, definition.Text, type, cancellationToken);
        }
    }

    /// <summary>Registers a definition. What runs already goes on with the definition that it was started with.</summary>
    /// <returns>The state machine's ARN.</returns>
    public async Task<string> RegisterAsync(string name, string definition, StateMachineType type, CancellationToken cancellationToken)
    {
        ApiResult deployed = await _deployment.DeployAsync(name, definition, type, cancellationToken);
        return deployed.IsSuccess
            ? ((JsonString)deployed.Response["stateMachineArn"]!).Value
            : throw new CommandException(ExitCodes.InvalidDefinition, $"The state machine {name} is refused: {deployed.Error.Code}: {deployed.Error.Message}");
    }
}
