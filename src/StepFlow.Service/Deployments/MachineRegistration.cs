using System.Text;
using StepFlow.Language;
using StepFlow.Service.Configuration;
using StepFlow.Service.DefinitionFiles;

namespace StepFlow.Service.Deployments;

/// <summary>
/// Creates or updates state machines when a host starts: those of a folder, and the host's own. Running executions continue
/// with the definition that they were started with.
/// </summary>
/// <param name="settings">The role of new machines, and which are Express.</param>
public sealed class MachineRegistration(StepFunctionsService service, StateMachineSettings settings)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the definitions of a folder, in the order of their files. Of two that define the same machine the second has a problem.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public async Task<IReadOnlyList<FolderDefinition>> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var found = new List<FolderDefinition>();
        foreach (string file in DefinitionName.In(folder))
        {
            found.Add(await ReadAsync(file, found, cancellationToken));
        }

        return found;
    }

    /// <summary>Registers a definition of a folder.</summary>
    /// <inheritdoc cref="RegisterAsync(string, string, StateMachineType, CancellationToken)"/>
    public async Task<ApiResult> RegisterAsync(FolderDefinition definition, CancellationToken cancellationToken) => definition switch
    {
        { Problem: { } problem } => ApiResult.Failure(new(ErrorCodes.InvalidDefinition, problem)),
        { Read: { Problem: { } problem } } => ApiResult.Failure(new(problem.Code, problem.Message)),
        _ => await RegisterAsync(definition.Name, definition.Read!.Text, definition.Type, cancellationToken),
    };

    /// <summary>Registers a definition.</summary>
    /// <param name="type">The type of a new state machine. The type of an existing one does not change.</param>
    /// <returns>Its ARN, as <c>stateMachineArn</c>; or why it is refused.</returns>
    public async Task<ApiResult> RegisterAsync(string name, string definition, StateMachineType type, CancellationToken cancellationToken)
    {
        JsonObject request = JsonObject.Create(
            ("name", name), ("definition", definition), ("roleArn", settings.RoleArn), ("type", type == StateMachineType.Express ? "EXPRESS" : "STANDARD"));
        ApiResult created = await service.InvokeAsync("CreateStateMachine", request, CallerContext.Internal, cancellationToken);
        if (created.IsSuccess || created.Error.Code != ErrorCodes.StateMachineAlreadyExists)
        {
            return created;
        }

        string arn = new ArnFormat(service.Options).StateMachine(name);
        ApiResult updated = await service.InvokeAsync(
            "UpdateStateMachine", JsonObject.Create(("stateMachineArn", arn), ("definition", definition)), CallerContext.Internal, cancellationToken);
        return updated.IsSuccess ? ApiResult.Success(JsonObject.Create(("stateMachineArn", arn))) : updated;
    }

    private async Task<FolderDefinition> ReadAsync(string file, IReadOnlyList<FolderDefinition> before, CancellationToken cancellationToken)
    {
        ReadDefinition read;
        try
        {
            read = DefinitionReader.Read(file, await File.ReadAllTextAsync(file, Utf8, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return new(DefinitionName.Of(file), file, StateMachineType.Standard, null, $"The file cannot be read: {e.Message}");
        }

        string name = read.Name ?? DefinitionName.Of(file);
        return new(
            name,
            file,
            settings.Express.Contains(name) ? StateMachineType.Express : StateMachineType.Standard,
            read,
            before.FirstOrDefault(other => other.Name == name) is { } other ? $"{other.File} defines the state machine {name} too." : null);
    }
}
