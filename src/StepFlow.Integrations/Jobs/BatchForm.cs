namespace StepFlow.Integrations.Jobs;

/// <summary><c>batch:submitJob</c>: the job is the job definition (AWS Batch API, SubmitJob; the result is a job of DescribeJobs).</summary>
internal sealed class BatchForm() : AwsJobForm(AwsService.Batch, "ClientException", "ClientException", "JobDefinition {0} does not exist.")
{
    public override string Name => "batch:submitJob";

    public override string NameArgument => "JobDefinition";

    public override string MediaType => "application/json";

    public override JobRequest Read(TaskCall call, ArgumentReader arguments)
    {
        if (arguments.Value("ArrayProperties") is not null)
        {
            arguments.Refuse("The argument 'ArrayProperties' is not supported: a job runs once. Run it in a Map state.");
        }

        var container = new ArgumentReader(arguments.Object("ContainerOverrides") ?? JsonObject.Empty);
        var request = new JobRequest(call)
        {
            Arguments = List(container.Array("Command")),
            Environment = Pairs(container, container.Array("Environment"), "ContainerOverrides.Environment"),
            Parameters = Texts(arguments.Object("Parameters")),
        };
        if (container.Problem is { } problem)
        {
            arguments.Refuse(problem);
        }

        return request;
    }

    public override JsonObject Submitted(JobView view) =>
        JsonObject.Create(("JobArn", view.Arn("batch", "job/" + view.Id)), ("JobId", view.Id), ("JobName", JobName(view)));

    public override JsonObject Ended(JobView view)
    {
        JobState state = view.State;
        string reason = view.Succeeded ? "Essential container in task exited" : state.Reason ?? "Essential container in task exited";
        JsonObject attempt = new JsonObjectBuilder()
            .Set("Container", Container(state))
            .SetIfPresent("StartedAt", view.Time(state.StartTime))
            .Set("StatusReason", reason)
            .SetIfPresent("StoppedAt", view.Time(state.EndTime))
            .Build();
        return new JsonObjectBuilder()
            .Set("Attempts", JsonArray.Create(attempt))
            .Set("Container", Container(state))
            .Set("CreatedAt", view.Time(state.StartTime ?? view.Now)!)
            .Set("JobArn", view.Arn("batch", "job/" + view.Id))
            .Set("JobDefinition", view.Arn("batch", $"job-definition/{view.Name}:1"))
            .Set("JobId", view.Id)
            .Set("JobName", JobName(view))
            .SetIfPresent("JobQueue", view.Arguments["JobQueue"])
            .Set("Parameters", view.Arguments["Parameters"] is JsonObject parameters ? parameters : JsonObject.Empty)
            .SetIfPresent("StartedAt", view.Time(state.StartTime))
            .Set("Status", view.Succeeded ? "SUCCEEDED" : "FAILED")
            .Set("StatusReason", reason)
            .SetIfPresent("StoppedAt", view.Time(state.EndTime))
            .Build();
    }

    private static JsonObject Container(JobState state) => new JsonObjectBuilder()
        .SetIfPresent("ExitCode", state.ExitCode is { } code ? code : null)
        .SetIfPresent("Reason", state.Phase == JobPhase.Succeeded || state.LogTail.Length == 0 ? null : (JsonValue)state.LogTail)
        .Build();

    private static string JobName(JobView view) => view.Arguments["JobName"] is JsonString name ? name.Value : view.Name;
}
