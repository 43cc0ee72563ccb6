using StepFlow.Language.Json;
using StepFlow.Language;
using StepFlow.Local.Configuration;
using StepFlow.Local.Definitions;
using StepFlow.Local.Failures;
using StepFlow.Local.Sources;
using StepFlow.Service.Errors;
using StepFlow.Service;

namespace StepFlow.Local.Serving;

/// <summary>Creates or updates the state machines that the configuration names, when the server starts.</summary>
internal sealed class MachineRegistrar(StepFunctionsService service, StateMachineOptions options, TextWriter error)
{
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

            StateMachineType type = options.Express.Contains(read.Name) ? StateMachineType.Express : StateMachineType.Standard;
            CheckedDefinition definition = await DefinitionSource.RequireAsync(read, type, service.Options.Limits, service.Options.Integrations, error);
            await RegisterAsync(definition.Name, definition.Text, type, cancellationToken);
        }
    }

    /// <summary>Registers a definition. What runs already goes on with the definition that it was started with.</summary>
    /// <returns>The state machine's ARN.</returns>
    public async Task<string> RegisterAsync(string name, string definition, StateMachineType type, CancellationToken cancellationToken)
    {
        JsonObject request = JsonObject.Create(
            ("name", name),
            ("definition", definition),
            ("roleArn", options.RoleArn),
            ("type", type == StateMachineType.Express ? "EXPRESS" : "STANDARD"));
        ApiResult created = await service.InvokeAsync("CreateStateMachine", request, CallerContext.Internal, cancellationToken);
        if (created.IsSuccess)
        {
            return Arn(created);
        }

        if (created.Error.Code != ErrorCodes.StateMachineAlreadyExists)
        {
            throw Refused(name, created.Error);
        }

        string arn = $"arn:aws:states:{service.Options.Region}:{service.Options.Account}:stateMachine:{name}";
        ApiResult updated = await service.InvokeAsync(
            "UpdateStateMachine", JsonObject.Create(("stateMachineArn", arn), ("definition", definition)), CallerContext.Internal, cancellationToken);
        return updated.IsSuccess ? arn : throw Refused(name, updated.Error);
    }

    private static string Arn(ApiResult result) => ((JsonString)result.Response!["stateMachineArn"]!).Value;

    private static CommandException Refused(string name, ApiError error) =>
        new(ExitCodes.InvalidDefinition, $"The state machine {name} is refused: {error.Code}: {error.Message}");
}
