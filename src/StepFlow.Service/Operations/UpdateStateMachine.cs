using StepFlow.Runtime.Documents;
using StepFlow.Service.Definitions;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Changes a state machine. Running executions continue with the definition that they were started with (UpdateStateMachine).</summary>
internal sealed class UpdateStateMachine(MachineCatalog catalog, VersionPublisher publisher, DefinitionChecker definitions, TimeProvider time) : Operation(
    OperationAccess.Admin,
    Member.Required("stateMachineArn", Shapes.Arn),
    Member.Optional("definition", Shapes.Definition),
    Member.Optional("roleArn", Shapes.Arn),
    Member.Optional("loggingConfiguration", Shapes.Logging),
    Member.Optional("tracingConfiguration", Shapes.Tracing),
    Member.Optional("publish", Shapes.Boolean),
    Member.Optional("versionDescription", Shapes.Description),
    Member.Optional("encryptionConfiguration", Shapes.Encryption))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        MachineArn arn = MachineArn.Parse(request.RequiredText("stateMachineArn"), MachineArnKind.Machine, MachineArnKind.Version, MachineArnKind.Alias);
        MachineRecord machine = await catalog.GetUnqualifiedAsync(arn, cancellationToken);
        string? definition = request.Text("definition");
        string? role = request.Text("roleArn");
        JsonObject? logging = MachineSettings.Logging(request);
        JsonObject? tracing = MachineSettings.Tracing(request);
        JsonObject? encryption = MachineSettings.Encryption(request);
        if (definition is null && role is null && logging is null && tracing is null && encryption is null)
        {
            throw ApiErrors.NothingToUpdate();
        }

        bool publish = MachineSettings.Publish(request);
        if (definition is not null)
        {
            definitions.Check(definition, machine.Type);
        }

        if (role is not null)
        {
            RoleArns.Check(role);
        }

        DateTimeOffset now = time.GetUtcNow();
        MachineRecord updated = await catalog.Machines.ChangeAsync(
            arn.Name,
            record =>
            {
                MachineConfiguration configuration = record.Current with
                {
                    Definition = definition ?? record.Current.Definition,
                    RoleArn = role ?? record.Current.RoleArn,
                    Logging = logging ?? record.Current.Logging,
                    Tracing = tracing ?? record.Current.Tracing,
                    Encryption = encryption ?? record.Current.Encryption,
                    UpdateDate = now,
                };

                // An update that changes nothing does not change the revision.
                return record with { Current = configuration.SameContent(record.Current) ? configuration : configuration with { RevisionId = Guid.NewGuid().ToString("D") } };
            },
            cancellationToken) ?? throw ApiErrors.StateMachineDoesNotExist(arn.Text);
        VersionRecord? version = publish ? await publisher.PublishUpdateAsync(arn.Name, request.Text("versionDescription"), cancellationToken) : null;
        return new JsonObjectBuilder()
            .Set("updateDate", now.ToWire())
            .SetIfPresent("revisionId", updated.Current.RevisionId)
            .SetIfPresent("stateMachineVersionArn", version?.Arn)
            .Build();
    }
}
