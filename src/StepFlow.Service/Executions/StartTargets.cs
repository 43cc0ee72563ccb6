using StepFlow.Runtime.Mocks;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Executions;

/// <summary>Finds the target of a start by its ARN: a state machine, a version, or one of an alias's versions.</summary>
internal sealed class StartTargets(MachineCatalog catalog, MockConfiguration mocks)
{
    /// <summary>The target of an ARN.</summary>
    /// <exception cref="ApiException"><c>InvalidArn</c>, <c>StateMachineDoesNotExist</c>, <c>StateMachineDeleting</c>.</exception>
    public async Task<StartTarget> ResolveAsync(string text, CancellationToken cancellationToken)
    {
        string? testCase = null;
        if (text.IndexOf('#', StringComparison.Ordinal) is var at and >= 0)
        {
            testCase = text[(at + 1)..];
            text = text[..at];
        }

        MachineArn arn = MachineArn.Parse(text, MachineArnKind.Machine, MachineArnKind.Version, MachineArnKind.Alias);
        MachineRecord machine = await catalog.GetForStartAsync(arn, cancellationToken);
        if (testCase is not null && !mocks.Has(machine.Name, testCase))
        {
            throw ApiErrors.Validation($"The mock configuration has no test case '{testCase}' for the state machine '{machine.Name}'");
        }

        if (arn.Kind == MachineArnKind.Machine)
        {
            return new(machine, machine.Current, null, null, testCase);
        }

        AliasRecord? alias = arn.Kind == MachineArnKind.Version ? null : await catalog.FindAliasForStartAsync(arn, cancellationToken) ?? throw ApiErrors.StateMachineDoesNotExist(text);
        MachineArn versionArn = alias is null ? arn : MachineArn.Parse(AliasRouting.Choose(alias, Random.Shared.Next(100)), MachineArnKind.Version);
        VersionRecord version = await catalog.FindVersionForStartAsync(versionArn, cancellationToken) ?? throw ApiErrors.StateMachineDoesNotExist(text);
        return new(machine, version.Configuration, version.Arn, alias?.Arn, testCase);
    }
}
