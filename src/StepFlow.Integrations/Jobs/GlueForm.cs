namespace StepFlow.Integrations.Jobs;

/// <summary><c>glue:startJobRun</c>: the arguments follow those of the program as <c>--name value</c> (AWS Glue API, StartJobRun; the result is a JobRun).</summary>
internal sealed class GlueForm() : AwsJobForm(AwsService.Glue, "InvalidInputException", "EntityNotFoundException", "Failed to start job run due to missing metadata: job {0}.")
{
    public override string Name => "glue:startJobRun";

    public override string NameArgument => "JobName";

    public override JobRequest Read(TaskCall call, ArgumentReader arguments) => new(call)
    {
        MoreArguments = [.. Texts(arguments.Object("Arguments")).SelectMany(static pair => new[] { pair.Key, pair.Value })],
    };

    public override JsonObject Submitted(JobView view) => JsonObject.Create(("JobRunId", Id(view)));

    public override JsonObject Ended(JobView view)
    {
        JobState state = view.State;
        return new JsonObjectBuilder()
            .Set("Arguments", view.Arguments["Arguments"] is JsonObject given ? given : JsonObject.Empty)
            .Set("Attempt", 0)
            .SetIfPresent("CompletedOn", view.Time(state.EndTime))
            .SetIfPresent("ErrorMessage", view.Succeeded ? null : (JsonValue)state.Failure)
            .Set("ExecutionTime", (long)((state.EndTime ?? view.Now) - (state.StartTime ?? view.Now)).TotalSeconds)
            .Set("Id", Id(view))
            .Set("JobName", view.Name)
            .Set("JobRunState", view.Succeeded ? "SUCCEEDED" : state.Phase == JobPhase.Stopped ? "STOPPED" : "FAILED")
            .SetIfPresent("LastModifiedOn", view.Time(state.EndTime))
            .Set("PredecessorRuns", JsonArray.Empty)
            .SetIfPresent("StartedOn", view.Time(state.StartTime))
            .Build();
    }

    private static string Id(JobView view) => "jr_" + view.Id.Replace("-", string.Empty, StringComparison.Ordinal);
}
