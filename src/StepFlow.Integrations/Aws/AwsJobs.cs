using System.Collections.Frozen;

namespace StepFlow.Integrations.Aws;

/// <summary>
/// The jobs of AWS that a task can wait for (<c>.sync</c>), by service and action of the optimised integrations ("Integrating
/// services with Step Functions" in the developer guide). Step Functions receives events when they end. Here their states are polled.
/// </summary>
internal static class AwsJobs
{
    private static readonly FrozenDictionary<string, AwsJobKind> All = new Dictionary<string, AwsJobKind>
    {
        ["states:startExecution"] = new("StartExecution", "DescribeExecution", "StopExecution")
        {
            DescribeRequest = static (_, started) => With("executionArn", started["executionArn"]),
            StopRequest = static ask => ask,
            Job = static described => described,
            Status = "status",
            Running = Set("RUNNING", "PENDING_REDRIVE"),
            Succeeded = "SUCCEEDED",
        },
        ["glue:startJobRun"] = new("StartJobRun", "GetJobRun", "BatchStopJobRun")
        {
            DescribeRequest = static (request, started) => With("JobName", request["JobName"])?.With("RunId", started["JobRunId"] ?? JsonValue.Null),
            StopRequest = static ask => JsonObject.Create(("JobName", ask["JobName"]!), ("JobRunIds", JsonArray.Create(ask["RunId"]!))),
            Job = static described => described["JobRun"] as JsonObject,
            Status = "JobRunState",
            Running = Set("STARTING", "RUNNING", "STOPPING", "WAITING"),
            Succeeded = "SUCCEEDED",
        },
        ["batch:submitJob"] = new("SubmitJob", "DescribeJobs", "TerminateJob")
        {
            DescribeRequest = static (_, started) => started["jobId"] is { } id ? JsonObject.Create(("jobs", JsonArray.Create(id))) : null,
            StopRequest = static ask => JsonObject.Create(("jobId", ((JsonArray)ask["jobs"]!)[0]), ("reason", StopReason)),
            Job = static described => First(described, "jobs"),
            Status = "status",
            Running = Set("SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING"),
            Succeeded = "SUCCEEDED",
        },
        ["ecs:runTask"] = new("RunTask", "DescribeTasks", "StopTask")
        {
            DescribeRequest = static (request, started) => First(started, "tasks")?["taskArn"] is { } arn
                ? new JsonObjectBuilder().SetIfPresent("cluster", request["cluster"]).Set("tasks", JsonArray.Create(arn)).Build()
                : null,
            StopRequest = static ask => new JsonObjectBuilder()
                .SetIfPresent("cluster", ask["cluster"])
                .Set("reason", StopReason)
                .Set("task", ((JsonArray)ask["tasks"]!)[0])
                .Build(),
            Job = static described => First(described, "tasks"),
            Status = "lastStatus",
            Running = Set("PROVISIONING", "PENDING", "ACTIVATING", "RUNNING", "DEACTIVATING", "STOPPING", "DEPROVISIONING"),
            Succeeded = "STOPPED",
            DidWell = static task => task["containers"] is JsonArray { Count: > 0 } containers
                && containers.All(static container => (container as JsonObject)?["exitCode"] is JsonNumber code && code.TryGetInt64(out long exit) && exit == 0),
        },
        ["codebuild:startBuild"] = Build("StartBuild", "BatchGetBuilds", "StopBuild", "build", "builds", "buildStatus", "Build"),
        ["codebuild:startBuildBatch"] = Build("StartBuildBatch", "BatchGetBuildBatches", "StopBuildBatch", "buildBatch", "buildBatches", "buildBatchStatus", "BuildBatch"),
        ["athena:startQueryExecution"] = new("StartQueryExecution", "GetQueryExecution", "StopQueryExecution")
        {
            DescribeRequest = static (_, started) => With("QueryExecutionId", started["QueryExecutionId"]),
            StopRequest = static ask => ask,
            Job = static described => described["QueryExecution"] as JsonObject,
            Status = "Status.State",
            Running = Set("QUEUED", "RUNNING"),
            Succeeded = "SUCCEEDED",
            ResultMember = "QueryExecution",
        },
        ["sagemaker:createTrainingJob"] = SageMaker("TrainingJob"),
        ["sagemaker:createTransformJob"] = SageMaker("TransformJob"),
        ["sagemaker:createProcessingJob"] = SageMaker("ProcessingJob"),
        ["sagemaker:createHyperParameterTuningJob"] = SageMaker("HyperParameterTuningJob"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private const string StopReason = "The task that waits for it was stopped.";

    /// <summary>The services and actions that a definition can wait for.</summary>
    public static IEnumerable<string> Names => All.Keys.Order(StringComparer.Ordinal);

    /// <summary>The jobs that an action starts; null where it starts none that can be waited for.</summary>
    /// <param name="service">The service, as an optimised integration's Resource names it.</param>
    public static AwsJobKind? Find(string service, string action) => All.GetValueOrDefault($"{service}:{action}");

    private static AwsJobKind Build(string start, string describe, string stop, string started, string described, string status, string result) => new(start, describe, stop)
    {
        DescribeRequest = (_, response) => (response[started] as JsonObject)?["id"] is { } id ? JsonObject.Create(("ids", JsonArray.Create(id))) : null,
        StopRequest = static ask => JsonObject.Create(("id", ((JsonArray)ask["ids"]!)[0])),
        Job = response => First(response, described),
        Status = status,
        Running = Set("IN_PROGRESS"),
        Succeeded = "SUCCEEDED",
        ResultMember = result,
    };

    /// <summary>The request names a job of SageMaker. The names of the operations contain the kind of job.</summary>
    private static AwsJobKind SageMaker(string kind) => new("Create" + kind, "Describe" + kind, "Stop" + kind)
    {
        DescribeRequest = (request, _) => With(kind + "Name", request[kind + "Name"]),
        StopRequest = static ask => ask,
        Job = static described => described,
        Status = kind + "Status",
        Running = Set("InProgress", "Stopping"),
        Succeeded = "Completed",
    };

    private static JsonObject? With(string member, JsonValue? value) => value is null ? null : JsonObject.Create((member, value));

    private static JsonObject? First(JsonObject response, string list) => response[list] is JsonArray { Count: > 0 } items ? items[0] as JsonObject : null;

    private static FrozenSet<string> Set(params string[] statuses) => statuses.ToFrozenSet(StringComparer.Ordinal);
}
