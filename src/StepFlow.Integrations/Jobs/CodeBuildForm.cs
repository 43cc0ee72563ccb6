namespace StepFlow.Integrations.Jobs;

/// <summary><c>codebuild:startBuild</c>: the job is the project (AWS CodeBuild API, StartBuild; the result has the form of BatchGetBuilds).</summary>
internal sealed class CodeBuildForm() : AwsJobForm(AwsService.CodeBuild, "InvalidInputException", "ResourceNotFoundException", "Project cannot be found: {0}")
{
    public override string Name => "codebuild:startBuild";

    public override string NameArgument => "ProjectName";

    public override JobRequest Read(TaskCall call, ArgumentReader arguments) => new(call)
    {
        Environment = Pairs(arguments, arguments.Array("EnvironmentVariablesOverride"), "EnvironmentVariablesOverride"),
    };

    public override JsonObject Submitted(JobView view) =>
        JsonObject.Create(("Build", Build(view, false, "IN_PROGRESS").Set("CurrentPhase", "QUEUED").Build()));

    public override JsonObject Ended(JobView view)
    {
        string status = view.Succeeded ? "SUCCEEDED" : view.State.Phase == JobPhase.Stopped ? "STOPPED" : "FAILED";
        JsonObjectBuilder phase = new JsonObjectBuilder()
            .Set("PhaseStatus", status)
            .Set("PhaseType", "BUILD")
            .SetIfPresent("Contexts", view.Succeeded ? null : JsonArray.Create(JsonObject.Create(("Message", view.State.Failure), ("StatusCode", "COMMAND_EXECUTION_ERROR"))));

        return JsonObject.Create(("Build", Build(view, true, status)
            .Set("CurrentPhase", "COMPLETED")
            .SetIfPresent("EndTime", view.Time(view.State.EndTime))
            .Set("Phases", JsonArray.Create(phase.Build()))
            .Build()));
    }

    private static JsonObjectBuilder Build(JobView view, bool isComplete, string status) => new JsonObjectBuilder()
        .Set("Arn", view.Arn("codebuild", $"build/{view.Name}:{view.Id}"))
        .Set("BuildComplete", isComplete)
        .Set("BuildStatus", status)
        .Set("Id", $"{view.Name}:{view.Id}")
        .Set("Initiator", "states")
        .Set("ProjectName", view.Name)
        .Set("StartTime", view.Time(view.State.StartTime ?? view.Now)!);
}
