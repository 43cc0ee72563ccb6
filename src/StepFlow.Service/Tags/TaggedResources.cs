using StepFlow.Service.Activities;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Tags;

/// <summary>The resources that can have tags: state machines (not versions or aliases) and activities.</summary>
internal sealed class TaggedResources(MachineCatalog machines, ActivityCatalog activities)
{
    /// <summary>The tags of a resource.</summary>
    /// <exception cref="ApiException"><c>InvalidArn</c>, <c>ResourceNotFound</c>.</exception>
    public async Task<JsonObject> FindAsync(string text, CancellationToken cancellationToken)
    {
        Arn arn = Arn.Parse(text, Arn.StateMachineType, Arn.ActivityType);
        JsonObject? tags = arn.Type == Arn.ActivityType
            ? (await activities.FindAsync(arn, cancellationToken))?.Tags
            : MachineArn.Read(arn) is { Kind: MachineArnKind.Machine } machine ? (await machines.FindAsync(machine, cancellationToken))?.Tags : null;
        return tags ?? throw ApiErrors.ResourceNotFound(text);
    }

    /// <summary>Changes the tags of a resource.</summary>
    /// <exception cref="ApiException"><c>InvalidArn</c>, <c>ResourceNotFound</c>, and the exceptions of the change.</exception>
    public async Task ChangeAsync(string text, Func<JsonObject, JsonObject> change, CancellationToken cancellationToken)
    {
        await FindAsync(text, cancellationToken);
        Arn arn = Arn.Parse(text, Arn.StateMachineType, Arn.ActivityType);
        if (arn.Type == Arn.ActivityType)
        {
            await activities.Activities.ChangeAsync(arn.Resource, record => record with { Tags = change(record.Tags) }, cancellationToken);
        }
        else
        {
            await machines.Machines.ChangeAsync(arn.Resource, record => record with { Tags = change(record.Tags) }, cancellationToken);
        }
    }
}
