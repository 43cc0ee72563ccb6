using StepFlow.Runtime.Documents;
using StepFlow.Service.Activities;
using StepFlow.Service.StateMachines;
using StepFlow.Service.Tags;

namespace StepFlow.Service.Operations;

/// <summary>Creates an activity. Idempotent: the same name returns the existing activity (CreateActivity).</summary>
internal sealed class CreateActivity(ActivityCatalog catalog, ArnFormat arns, TimeProvider time) : Operation(
    OperationAccess.Admin,
    Member.Required("name", Shapes.Name),
    Member.Optional("tags", Shapes.TagList),
    Member.Optional("encryptionConfiguration", Shapes.Encryption))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        string name = request.RequiredText("name");
        ResourceNames.Check(name);
        MachineSettings.Encryption(request);
        var created = new ActivityRecord
        {
            Name = name,
            Arn = arns.Activity(name),
            CreationDate = time.GetUtcNow(),
            Tags = TagList.Merge(JsonObject.Empty, request.Array("tags"), arns.Activity(name)),
        };
        while (true)
        {
            if (await catalog.Activities.CreateAsync(name, created, cancellationToken))
            {
                return Response(created);
            }

            if (await catalog.Activities.FindAsync(name, cancellationToken) is { Value: var existing })
            {
                return Response(existing);
            }
        }
    }

    private static JsonObject Response(ActivityRecord activity) =>
        JsonObject.Create(("activityArn", activity.Arn), ("creationDate", activity.CreationDate.ToWire()));
}
