namespace StepFlow.Service.StateMachines;

/// <summary>Checks where an alias is to lead.</summary>
internal sealed class AliasRouting(MachineCatalog catalog)
{
    private const string Reason = "INVALID_ROUTING_CONFIGURATION";

    /// <summary>Checks a routing configuration.</summary>
    /// <param name="routes">The routes: one or two.</param>
    /// <param name="machineName">The machine that the versions must belong to; null where the routes decide.</param>
    /// <returns>The first version's ARN.</returns>
    /// <exception cref="ApiException"><c>ValidationException</c>, <c>InvalidArn</c>, <c>ResourceNotFound</c>.</exception>
    public async Task<MachineArn> CheckAsync(JsonArray routes, string? machineName, CancellationToken cancellationToken)
    {
        string[] arns = [.. routes.Cast<JsonObject>().Select(route => route.RequiredText("stateMachineVersionArn"))];
        int[] weights = [.. routes.Cast<JsonObject>().Select(route => (int)route.Integer("weight")!.Value)];
        MachineArn[] versions = [.. arns.Select(arn => MachineArn.Parse(arn, MachineArnKind.Machine, MachineArnKind.Version, MachineArnKind.Alias))];
        if (arns.Distinct().Count() != arns.Length)
        {
            throw ApiErrors.Validation(MachineMessages.DistinctVersions(arns), Reason);
        }

        if (versions.Any(version => version.Kind != MachineArnKind.Version))
        {
            throw ApiErrors.Validation(MachineMessages.VersionsOnly(arns), Reason);
        }

        if (versions.Any(version => version.Name != (machineName ?? versions[0].Name)))
        {
            throw ApiErrors.Validation(MachineMessages.OneMachine(arns), Reason);
        }

        if (weights.Sum() != 100)
        {
            throw ApiErrors.Validation(MachineMessages.WeightSum(weights), Reason);
        }

        foreach (MachineArn version in versions)
        {
            if (await catalog.FindVersionAsync(version, cancellationToken) is null)
            {
                throw ApiErrors.ResourceMissing();
            }
        }

        return versions[0];
    }

    /// <summary>Draws one of an alias' versions, by weight.</summary>
    /// <param name="draw">A number from 0 to 99.</param>
    public static string Choose(AliasRecord alias, int draw)
    {
        foreach ((string arn, int weight) in alias.Routes)
        {
            draw -= weight;
            if (draw < 0)
            {
                return arn;
            }
        }

        return alias.Routes.Last().VersionArn;
    }
}
