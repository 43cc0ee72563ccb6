using System.Globalization;
using StepFlow.Runtime.Documents;

namespace StepFlow.Service.StateMachines;

/// <summary>The state machines, with their versions and aliases.</summary>
internal sealed class MachineCatalog(IDocumentStore documents, IExecutionHost host, ArnFormat arns)
{
    /// <summary>The machines, by name.</summary>
    public DocumentCollection<MachineRecord> Machines { get; } = new(documents, "state-machines", MachineRecord.FromJson, record => record.ToJson());

    /// <summary>The versions, by <see cref="VersionKey"/>: newest first.</summary>
    public DocumentCollection<VersionRecord> Versions { get; } = new(documents, "versions", VersionRecord.FromJson, record => record.ToJson());

    /// <summary>The aliases, by <see cref="AliasKey"/>.</summary>
    public DocumentCollection<AliasRecord> Aliases { get; } = new(documents, "aliases", AliasRecord.FromJson, record => record.ToJson());

    /// <summary>The key of a version: its number counts down, so that the newest comes first.</summary>
    public static string VersionKey(string machineName, long number) => $"{machineName}:{(long.MaxValue - number).ToString("D19", CultureInfo.InvariantCulture)}";

    public static string AliasKey(string machineName, string alias) => $"{machineName}:{alias}";

    /// <summary>The state machine of an ARN; null if there is none. Completes a deletion whose executions have ended.</summary>
    public async Task<MachineRecord?> FindAsync(MachineArn arn, CancellationToken cancellationToken)
    {
        if (arn.Machine != arns.StateMachine(arn.Name) || await Machines.FindAsync(arn.Name, cancellationToken) is not { Value: var machine })
        {
            return null;
        }

        return machine.IsDeleting && await FinishDeletionAsync(machine, cancellationToken) ? null : machine;
    }

    /// <summary>The machine that an ARN belongs to.</summary>
    /// <exception cref="ApiException"><c>StateMachineDoesNotExist</c>.</exception>
    public async Task<MachineRecord> GetAsync(MachineArn arn, CancellationToken cancellationToken) =>
        await FindAsync(arn, cancellationToken) ?? throw ApiErrors.StateMachineDoesNotExist(arn.Text);

    /// <summary>The machine that an ARN belongs to, where it is not being deleted.</summary>
    /// <exception cref="ApiException"><c>StateMachineDoesNotExist</c>, <c>StateMachineDeleting</c>.</exception>
    public async Task<MachineRecord> GetActiveAsync(MachineArn arn, CancellationToken cancellationToken)
    {
        MachineRecord machine = await GetAsync(arn, cancellationToken);
        return machine.IsDeleting ? throw ApiErrors.StateMachineDeleting(machine.Arn) : machine;
    }

    /// <summary>The state machine with exactly this ARN, not that of a version or alias.</summary>
    /// <exception cref="ApiException"><c>StateMachineDoesNotExist</c>, <c>StateMachineDeleting</c>.</exception>
    public Task<MachineRecord> GetUnqualifiedAsync(MachineArn arn, CancellationToken cancellationToken) =>
        arn.Kind == MachineArnKind.Machine ? GetActiveAsync(arn, cancellationToken) : throw ApiErrors.StateMachineDoesNotExist(arn.Text);

    /// <summary>
    /// The state machine of an ARN, for a start. If another process has updated it, the old definition can be returned for a few seconds
    /// ("Executions started immediately after you call UpdateStateMachine may use the previous state machine definition
    /// and roleArn", API operation UpdateStateMachine).
    /// </summary>
    /// <exception cref="ApiException"><c>StateMachineDoesNotExist</c>, <c>StateMachineDeleting</c>.</exception>
    public async Task<MachineRecord> GetForStartAsync(MachineArn arn, CancellationToken cancellationToken) =>
        arn.Machine == arns.StateMachine(arn.Name) && await Machines.FindRecentAsync(arn.Name, cancellationToken) is { IsDeleting: false } machine
            ? machine
            : await GetActiveAsync(arn, cancellationToken);

    public async Task<VersionRecord?> FindVersionAsync(MachineArn arn, CancellationToken cancellationToken) =>
        Key(arn, MachineArnKind.Version) is { } key ? (await Versions.FindAsync(key, cancellationToken))?.Value : null;

    /// <summary>A version by its ARN, for a start: as <see cref="GetForStartAsync"/>. Null if there is none.</summary>
    public async Task<VersionRecord?> FindVersionForStartAsync(MachineArn arn, CancellationToken cancellationToken) =>
        Key(arn, MachineArnKind.Version) is { } key ? await Versions.FindRecentAsync(key, cancellationToken) : null;

    public async Task<AliasRecord?> FindAliasAsync(MachineArn arn, CancellationToken cancellationToken) =>
        Key(arn, MachineArnKind.Alias) is { } key ? (await Aliases.FindAsync(key, cancellationToken))?.Value : null;

    /// <summary>An alias by its ARN, for a start: as <see cref="GetForStartAsync"/>. Null if there is none.</summary>
    public async Task<AliasRecord?> FindAliasForStartAsync(MachineArn arn, CancellationToken cancellationToken) =>
        Key(arn, MachineArnKind.Alias) is { } key ? await Aliases.FindRecentAsync(key, cancellationToken) : null;

    /// <summary>Deletes a machine that is marked so, with its versions and aliases, once none of its executions runs.</summary>
    /// <returns>Whether it has been deleted.</returns>
    public async Task<bool> FinishDeletionAsync(MachineRecord machine, CancellationToken cancellationToken)
    {
        var running = new ExecutionQuery { StateMachineArn = machine.Arn, Status = ExecutionStatus.Running, Count = 1 };
        if ((await host.ListAsync(running, cancellationToken)).Items.Count > 0)
        {
            return false;
        }

        string prefix = machine.Name + ":";
        while (await Versions.ListAsync(prefix, null, 100, cancellationToken) is { Count: > 0 } versions)
        {
            foreach (KeyValuePair<string, VersionRecord> version in versions)
            {
                await Versions.DeleteAsync(version.Key, cancellationToken);
            }
        }

        while (await Aliases.ListAsync(prefix, null, 100, cancellationToken) is { Count: > 0 } aliases)
        {
            foreach (KeyValuePair<string, AliasRecord> alias in aliases)
            {
                await Aliases.DeleteAsync(alias.Key, cancellationToken);
            }
        }

        await Machines.DeleteAsync(machine.Name, cancellationToken);
        return true;
    }

    /// <summary>The key of an ARN's resource; null if it has another kind, region or account.</summary>
    private string? Key(MachineArn arn, MachineArnKind kind) => kind switch
    {
        MachineArnKind.Version when arn.Kind == kind && arn.Text == arns.Version(arn.Name, arn.Version) => VersionKey(arn.Name, arn.Version),
        MachineArnKind.Alias when arn.Kind == kind && arn.Text == arns.Alias(arn.Name, arn.Qualifier!) => AliasKey(arn.Name, arn.Qualifier!),
        _ => null,
    };
}
