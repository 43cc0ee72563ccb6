namespace StepFlow.Service.Rest;

/// <summary>The REST face, as a table.</summary>
internal static class RestRoutes
{
    public static readonly IReadOnlyList<RestRoute> All =
    [
        new("GET", "/api/statemachines", "ListStateMachines", "List state machines"),
        new("POST", "/api/statemachines", "CreateStateMachine", "Create a state machine"),
        new("POST", "/api/statemachines/validate", "ValidateStateMachineDefinition", "Validate a definition"),
        new("POST", "/api/statemachines/teststate", "TestState", "Test one state"),
        new("GET", "/api/statemachines/{machine}", "DescribeStateMachine", "Describe a state machine"),
        new("PATCH", "/api/statemachines/{machine}", "UpdateStateMachine", "Change a state machine"),
        new("DELETE", "/api/statemachines/{machine}", "DeleteStateMachine", "Delete a state machine"),
        new("GET", "/api/statemachines/{machine}/versions", "ListStateMachineVersions", "List versions"),
        new("POST", "/api/statemachines/{machine}/versions", "PublishStateMachineVersion", "Publish a version"),
        new("DELETE", "/api/statemachines/{machine}/versions/{version}", "DeleteStateMachineVersion", "Delete a version"),
        new("GET", "/api/statemachines/{machine}/aliases", "ListStateMachineAliases", "List aliases"),
        new("POST", "/api/aliases", "CreateStateMachineAlias", "Create an alias"),
        new("GET", "/api/statemachines/{machine}/aliases/{alias}", "DescribeStateMachineAlias", "Describe an alias"),
        new("PATCH", "/api/statemachines/{machine}/aliases/{alias}", "UpdateStateMachineAlias", "Change an alias"),
        new("DELETE", "/api/statemachines/{machine}/aliases/{alias}", "DeleteStateMachineAlias", "Delete an alias"),
        new("GET", "/api/statemachines/{machine}/executions", "ListExecutions", "List executions"),
        new("POST", "/api/statemachines/{machine}/executions", "StartExecution", "Start an execution"),
        new("POST", "/api/statemachines/{machine}/executions/sync", "StartSyncExecution", "Run an Express execution to its end"),
        new("GET", "/api/statemachines/{machine}/executions/{execution}", "DescribeExecution", "Describe an execution"),
        new("GET", "/api/statemachines/{machine}/executions/{execution}/statemachine", "DescribeStateMachineForExecution", "Describe the state machine of an execution"),
        new("GET", "/api/statemachines/{machine}/executions/{execution}/history", "GetExecutionHistory", "Read the history of an execution"),
        new("POST", "/api/statemachines/{machine}/executions/{execution}/stop", "StopExecution", "Stop an execution"),
        new("POST", "/api/statemachines/{machine}/executions/{execution}/redrive", "RedriveExecution", "Redrive an execution"),
        new("GET", "/api/statemachines/{machine}/executions/{execution}/mapruns", "ListMapRuns", "List the Map Runs of an execution"),
        new("GET", "/api/mapruns/{mapRunArn}", "DescribeMapRun", "Describe a Map Run"),
        new("GET", "/api/mapruns/{mapRunArn}/executions", "ListExecutions", "List the executions of a Map Run"),
        new("GET", "/api/mapruns/{mapRunArn}/executions/{index}", "DescribeExecution", "Describe the execution of an item of a Map Run, or of a batch, by its index from 0"),
        new("PATCH", "/api/mapruns/{mapRunArn}", "UpdateMapRun", "Change a running Map Run"),
        new("GET", "/api/activities", "ListActivities", "List activities"),
        new("POST", "/api/activities", "CreateActivity", "Create an activity"),
        new("GET", "/api/activities/{activity}", "DescribeActivity", "Describe an activity"),
        new("DELETE", "/api/activities/{activity}", "DeleteActivity", "Delete an activity"),
        new("POST", "/api/activities/{activity}/task", "GetActivityTask", "Wait for a task of an activity"),
        new("POST", "/api/tasks/success", "SendTaskSuccess", "Answer a task: it ended well"),
        new("POST", "/api/tasks/failure", "SendTaskFailure", "Answer a task: it failed"),
        new("POST", "/api/tasks/heartbeat", "SendTaskHeartbeat", "Say that a task is alive"),
        new("GET", "/api/tags/{resourceArn}", "ListTagsForResource", "List tags"),
        new("POST", "/api/tags/{resourceArn}", "TagResource", "Add or change tags"),
        new("DELETE", "/api/tags/{resourceArn}", "UntagResource", "Remove tags (query: tagKeys)"),
        new("POST", "/api/operations/{operation}", null, "Call any operation of the Step Functions API by its name"),
    ];
}
