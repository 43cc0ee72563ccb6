namespace StepFlow.Integrations.Jobs;

/// <summary><c>ecs:runTask</c>: the job is the task definition's family (Amazon ECS API, RunTask; the result is a task of DescribeTasks).</summary>
internal sealed class EcsForm() : AwsJobForm(AwsService.Ecs, "InvalidParameterException", "ClientException", "TaskDefinition not found: {0}.")
{
    public override string Name => "ecs:runTask";

    public override string NameArgument => "TaskDefinition";

    public override JobRequest Read(TaskCall call, ArgumentReader arguments)
    {
        JsonArray? containers = new ArgumentReader(arguments.Object("Overrides") ?? JsonObject.Empty).Array("ContainerOverrides");
        if (containers is { Count: > 1 })
        {
            arguments.Refuse(JobErrors.SeveralContainers("Overrides.ContainerOverrides"));
        }

        var container = new ArgumentReader(containers is { Count: 1 } ? containers[0] : JsonObject.Empty);
        var request = new JobRequest(call)
        {
            Arguments = List(container.Array("Command")),
            Environment = Pairs(container, container.Array("Environment"), "Overrides.ContainerOverrides[0].Environment"),
        };
        if (container.Problem is { } problem)
        {
            arguments.Refuse(problem);
        }

        return request;
    }

    public override JsonObject Submitted(JobView view) =>
        JsonObject.Create(("Failures", JsonArray.Empty), ("Tasks", JsonArray.Create(Task(view, "PROVISIONING", "RUNNING").Build())));

    public override JsonObject Ended(JobView view)
    {
        bool stopped = view.State.Phase == JobPhase.Stopped;
        return Task(view, "STOPPED", "STOPPED")
            .SetIfPresent("StartedAt", view.Time(view.State.StartTime))
            .Set("StopCode", stopped ? "UserInitiated" : "EssentialContainerExited")
            .SetIfPresent("StoppedAt", view.Time(view.State.EndTime))
            .Set("StoppedReason", stopped ? JobErrors.Stopped : "Essential container in task exited")
            .Build();
    }

    private static JsonObjectBuilder Task(JobView view, string status, string desired)
    {
        string cluster = view.Arguments["Cluster"] is JsonString { Value: var named } ? named[(named.LastIndexOf('/') + 1)..] : "default";
        string id = view.Id.Replace("-", string.Empty, StringComparison.Ordinal);
        string arn = view.Arn("ecs", $"task/{cluster}/{id}");
        JsonObjectBuilder container = new JsonObjectBuilder()
            .Set("ContainerArn", view.Arn("ecs", $"container/{cluster}/{id}/{RequestId.Derive(view.Call.IdempotencyKey, "container")}"))
            .SetIfPresent("ExitCode", view.State.ExitCode is { } code ? code : null)
            .Set("LastStatus", status == "STOPPED" ? status : "PENDING")
            .Set("Name", ContainerName(view))
            .SetIfPresent("Reason", status == "STOPPED" && !view.Succeeded ? (JsonValue)view.State.Failure : null)
            .Set("TaskArn", arn);
        return new JsonObjectBuilder()
            .Set("ClusterArn", view.Arn("ecs", "cluster/" + cluster))
            .Set("Containers", JsonArray.Create(container.Build()))
            .Set("CreatedAt", view.Time(view.State.StartTime ?? view.Now)!)
            .Set("DesiredStatus", desired)
            .Set("Group", "family:" + view.Name)
            .Set("LastStatus", status)
            .Set("LaunchType", view.Arguments["LaunchType"] is JsonString type ? type : "FARGATE")
            .SetIfPresent("Overrides", view.Arguments["Overrides"])
            .Set("StartedBy", "AWS Step Functions")
            .Set("TaskArn", arn)
            .Set("TaskDefinitionArn", view.Arguments["TaskDefinition"] is JsonString { Value: var definition } && definition.StartsWith("arn:", StringComparison.Ordinal)
                ? definition
                : view.Arn("ecs", $"task-definition/{view.Name}:1"));
    }

    private static string ContainerName(JobView view) =>
        view.Arguments["Overrides"] is JsonObject overrides && overrides["ContainerOverrides"] is JsonArray { Count: > 0 } containers
        && containers[0] is JsonObject container && container["Name"] is JsonString name ? name.Value : view.Name;
}
