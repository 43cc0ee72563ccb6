using StepFlow.Runtime.Documents;

namespace StepFlow.Service.Activities;

/// <summary>The activities.</summary>
internal sealed class ActivityCatalog(IDocumentStore documents, ArnFormat arns) : IActivityDirectory
{
    /// <summary>The activities, by name.</summary>
    public DocumentCollection<ActivityRecord> Activities { get; } = new(documents, "activities", ActivityRecord.FromJson, record => record.ToJson());

    public async Task<ActivityRecord?> FindAsync(Arn arn, CancellationToken cancellationToken) =>
        arn.Text == arns.Activity(arn.Resource) ? (await Activities.FindAsync(arn.Resource, cancellationToken))?.Value : null;

    /// <summary>An activity by its ARN.</summary>
    /// <exception cref="ApiException"><c>ActivityDoesNotExist</c>.</exception>
    public async Task<ActivityRecord> GetAsync(Arn arn, CancellationToken cancellationToken) =>
        await FindAsync(arn, cancellationToken) ?? throw ApiErrors.ActivityDoesNotExist(arn.Text);

    public async Task<bool> ExistsAsync(string activityArn, CancellationToken cancellationToken)
    {
        string name = activityArn[(activityArn.LastIndexOf(':') + 1)..];
        return activityArn == arns.Activity(name) && await Activities.FindAsync(name, cancellationToken) is not null;
    }
}
