using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Deletes a version that no alias leads to (DeleteStateMachineVersion).</summary>
internal sealed class DeleteStateMachineVersion(MachineCatalog catalog) : Operation(
    OperationAccess.Admin,
    Member.Required("stateMachineVersionArn", Shapes.LongArn))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        MachineArn arn = MachineArn.Parse(request.RequiredText("stateMachineVersionArn"), MachineArnKind.Version);
        if (await catalog.FindVersionAsync(arn, cancellationToken) is not { } version)
        {
            return JsonObject.Empty;
        }

        IReadOnlyList<KeyValuePair<string, AliasRecord>> aliases = await catalog.Aliases.ListAsync(arn.Name + ":", null, int.MaxValue, cancellationToken);
        string[] referring = [.. aliases.Where(alias => alias.Value.Routes.Any(route => route.VersionArn == arn.Text)).Select(alias => alias.Value.Name)];
        if (referring.Length > 0)
        {
            throw ApiErrors.Conflict($"Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [{string.Join(", ", referring)}]");
        }

        await catalog.Versions.DeleteAsync(MachineCatalog.VersionKey(arn.Name, version.Number), cancellationToken);
        return JsonObject.Empty;
    }
}
