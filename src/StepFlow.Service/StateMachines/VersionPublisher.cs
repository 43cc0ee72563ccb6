namespace StepFlow.Service.StateMachines;

/// <summary>Publishes versions (PublishStateMachineVersion, and <c>publish</c> of create and update).</summary>
internal sealed class VersionPublisher(MachineCatalog catalog, ArnFormat arns, ServiceOptions options, TimeProvider time)
{
    /// <summary>Publishes the current revision (PublishStateMachineVersion). The same revision is not published twice in a row.</summary>
    /// <param name="revisionId">The revision that must be current; null for any.</param>
    /// <exception cref="ApiException"><c>ConflictException</c>, <c>StateMachineDoesNotExist</c>, <c>ServiceQuotaExceededException</c>.</exception>
    public Task<VersionRecord> PublishAsync(string name, string? revisionId, string? description, CancellationToken cancellationToken) =>
        PublishAsync(name, revisionId, description, _ => true, cancellationToken);

    /// <summary>Publishes the result of an update (UpdateStateMachine, <c>publish</c>). An unchanged revision is published again if the description is new.</summary>
    /// <exception cref="ApiException"><c>StateMachineDoesNotExist</c>, <c>ServiceQuotaExceededException</c>.</exception>
    public Task<VersionRecord> PublishUpdateAsync(string name, string? description, CancellationToken cancellationToken) =>
        PublishAsync(name, null, description, latest => description is null || latest.Description == description, cancellationToken);

    private async Task<VersionRecord> PublishAsync(
        string name,
        string? revisionId,
        string? description,
        Func<VersionRecord, bool> isSame,
        CancellationToken cancellationToken)
    {
        while (await catalog.Machines.FindAsync(name, cancellationToken) is { Value: var machine })
        {
            string? current = machine.Current.RevisionId;
            if (revisionId is not null && revisionId != (current ?? InitialRevision))
            {
                throw ApiErrors.Conflict($"Failed to publish the State Machine version for revision {revisionId}. The current State Machine revision is {current ?? InitialRevision}.");
            }

            if (machine.LatestVersion is { } latest
                && await catalog.Versions.FindAsync(MachineCatalog.VersionKey(name, latest), cancellationToken) is { Value: var published }
                && published.Configuration.RevisionId == current
                && isSame(published))
            {
                return published;
            }

            if (options.Limits.PayloadBytes is not null
                && (await catalog.Versions.ListAsync(name + ":", null, ServiceOptions.MaxVersions, cancellationToken)).Count >= ServiceOptions.MaxVersions)
            {
                throw ApiErrors.QuotaExceeded($"Too many versions of state machine '{machine.Arn}'");
            }

            var version = new VersionRecord
            {
                Number = machine.NextVersion,
                Arn = arns.Version(name, machine.NextVersion),
                CreationDate = time.GetUtcNow(),
                Configuration = machine.Current,
                Description = description,
            };

            // The version is written first, so that every number in the record of the state machine has a version.
            if (await catalog.Versions.CreateAsync(MachineCatalog.VersionKey(name, version.Number), version, cancellationToken))
            {
                await catalog.Machines.ChangeAsync(name, record => record with { NextVersion = version.Number + 1, LatestVersion = version.Number }, cancellationToken);
                return version;
            }

            // Another call has written this number, but not yet stored it in the record of the state machine.
            await catalog.Machines.ChangeAsync(
                name,
                record => record.NextVersion == version.Number ? record with { NextVersion = version.Number + 1, LatestVersion = version.Number } : record,
                cancellationToken);
        }

        throw ApiErrors.StateMachineDoesNotExist(arns.StateMachine(name));
    }

    /// <summary>The name of the first revision in messages.</summary>
    private const string InitialRevision = "INITIAL";
}
