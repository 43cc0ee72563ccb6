using StepFlow.Language;
using StepFlow.Runtime.Documents;
using StepFlow.Service.Definitions;
using StepFlow.Service.StateMachines;
using StepFlow.Service.Tags;

namespace StepFlow.Service.Operations;

/// <summary>Creates a state machine. Idempotent on name, definition, type, logging, tracing and encryption (CreateStateMachine).</summary>
internal sealed class CreateStateMachine(MachineCatalog catalog, VersionPublisher publisher, DefinitionChecker definitions, ArnFormat arns, TimeProvider time) : Operation(
    OperationAccess.Admin,
    Member.Required("name", Shapes.Name),
    Member.Required("definition", Shapes.Definition),
    Member.Required("roleArn", Shapes.Arn),
    Member.Optional("type", Shapes.StateMachineType),
    Member.Optional("loggingConfiguration", Shapes.Logging),
    Member.Optional("tags", Shapes.TagList),
    Member.Optional("tracingConfiguration", Shapes.Tracing),
    Member.Optional("publish", Shapes.Boolean),
    Member.Optional("versionDescription", Shapes.Description),
    Member.Optional("encryptionConfiguration", Shapes.Encryption))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        string name = request.RequiredText("name");
        ResourceNames.Check(name);
        bool publish = MachineSettings.Publish(request);
        StateMachineType type = MachineTypes.Parse(request.Text("type"));
        DateTimeOffset now = time.GetUtcNow();
        var created = new MachineRecord
        {
            Name = name,
            Arn = arns.StateMachine(name),
            Type = type,
            CreationDate = now,
            Current = new()
            {
                Definition = definitions.Check(request.RequiredText("definition"), type),
                RoleArn = RoleArns.Check(request.RequiredText("roleArn")),
                UpdateDate = now,
                Logging = MachineSettings.NewLogging(request),
                Tracing = MachineSettings.NewTracing(request),
                Encryption = MachineSettings.Encryption(request),
            },
            Tags = TagList.Merge(JsonObject.Empty, request.Array("tags"), arns.StateMachine(name)),
        };
        MachineRecord machine = await StoreAsync(created, cancellationToken);
        VersionRecord? version = publish ? await publisher.PublishAsync(name, null, request.Text("versionDescription"), cancellationToken) : null;
        return new JsonObjectBuilder()
            .Set("stateMachineArn", machine.Arn)
            .Set("creationDate", machine.CreationDate.ToWire())
            .SetIfPresent("stateMachineVersionArn", version?.Arn)
            .Build();
    }

    private async Task<MachineRecord> StoreAsync(MachineRecord created, CancellationToken cancellationToken)
    {
        while (!await catalog.Machines.CreateAsync(created.Name, created, cancellationToken))
        {
            if (await catalog.FindAsync(MachineArn.Parse(created.Arn, MachineArnKind.Machine), cancellationToken) is not { } existing)
            {
                continue;
            }

            if (existing.IsDeleting)
            {
                throw ApiErrors.StateMachineDeleting(existing.Arn);
            }

            // A role or tags that differ do not make another machine.
            bool same = existing.Type == created.Type && existing.Current.SameContent(created.Current with { RoleArn = existing.Current.RoleArn });
            return same ? existing : throw ApiErrors.StateMachineAlreadyExists(existing.Arn);
        }

        return created;
    }
}
