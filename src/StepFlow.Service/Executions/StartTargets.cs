using System.Globalization;
using StepFlow.Runtime.Mocks;
using StepFlow.Service.Arns;
using StepFlow.Service.Errors;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Executions;

/// <summary>Finds what the ARN of a start means: a machine, a version, or one of an alias' versions.</summary>
internal sealed class StartTargets(MachineCatalog catalog, MockConfiguration? mocks)
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

        Arn arn = Arn.Parse(text, Arn.StateMachineType);
        MachineRecord machine = await catalog.GetActiveAsync(arn, cancellationToken);
        if (testCase is not null && mocks?.Has(machine.Name, testCase) != true)
        {
            throw ApiErrors.Validation($"The mock configuration has no test case '{testCase}' for the state machine '{machine.Name}'");
        }

        if (arn.Qualifier is null)
        {
            return new(machine, machine.Current, null, null, testCase);
        }

        bool isVersion = long.TryParse(arn.Qualifier, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        AliasRecord? alias = isVersion ? null : await catalog.FindAliasAsync(arn, cancellationToken) ?? throw ApiErrors.StateMachineDoesNotExist(text);
        Arn versionArn = alias is null ? arn : Arn.Parse(AliasRouting.Choose(alias, Random.Shared.Next(100)), Arn.StateMachineType);
        VersionRecord version = await catalog.FindVersionAsync(versionArn, cancellationToken) ?? throw ApiErrors.StateMachineDoesNotExist(text);
        return new(machine, version.Configuration, version.Arn, alias?.Arn, testCase);
    }
}
