namespace StepFlow.Integrations.Jobs;

/// <summary>
/// <c>mediaconvert:createJob</c>: the job has the name of the job template, otherwise that of the queue, otherwise
/// <c>mediaconvert</c>. It reads its settings from its input (AWS Elemental MediaConvert API, Jobs).
/// </summary>
internal sealed class MediaConvertForm() : AwsJobForm(AwsService.MediaConvert, "BadRequestException", "NotFoundException", "The job template or queue {0} does not exist.")
{
    private const string Default = "mediaconvert";

    public override string Name => "mediaconvert:createJob";

    public override string NameArgument => "JobTemplate";

    public override string MediaType => "application/json";

    public override string JobName(ArgumentReader arguments) => NameIn(arguments.Text(NameArgument) ?? arguments.Text("Queue") ?? Default);

    public override JobRequest Read(TaskCall call, ArgumentReader arguments) => new(call);

    public override JsonObject Submitted(JobView view) => JsonObject.Create(("Job", Job(view, "SUBMITTED").Build()));

    public override JsonObject Ended(JobView view) => JsonObject.Create(("Job", Job(view, view.Succeeded ? "COMPLETE" : view.State.Phase == JobPhase.Stopped ? "CANCELED" : "ERROR")
        .SetIfPresent("ErrorMessage", view.Succeeded ? null : (JsonValue)view.State.Failure)
        .Set("Timing", new JsonObjectBuilder()
            .SetIfPresent("FinishTime", view.Time(view.State.EndTime))
            .SetIfPresent("StartTime", view.Time(view.State.StartTime))
            .Build())
        .Build()));

    private static JsonObjectBuilder Job(JobView view, string status)
    {
        string id = $"{(view.State.StartTime ?? view.Now).ToUnixTimeMilliseconds()}-{view.Id[..6]}";
        return new JsonObjectBuilder()
            .Set("Arn", view.Arn("mediaconvert", "jobs/" + id))
            .Set("Id", id)
            .SetIfPresent("JobTemplate", view.Arguments["JobTemplate"])
            .SetIfPresent("Queue", view.Arguments["Queue"])
            .SetIfPresent("Role", view.Arguments["Role"])
            .Set("Settings", view.Arguments["Settings"] is JsonObject settings ? settings : JsonObject.Empty)
            .Set("Status", status)
            .SetIfPresent("UserMetadata", view.Arguments["UserMetadata"]);
    }
}
