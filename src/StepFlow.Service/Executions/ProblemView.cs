using System.Diagnostics;
using StepFlow.Runtime.Documents;
using StepFlow.Runtime.Problems;

namespace StepFlow.Service.Executions;

/// <summary>The problems of executions in the form of the REST API.</summary>
internal static class ProblemView
{
    public static JsonArray List(IEnumerable<ExecutionProblem> problems, bool withExecution) =>
        JsonArray.From(problems.Select(problem => (JsonValue)Of(problem, withExecution)));

    private static JsonObject Of(ExecutionProblem problem, bool withExecution) => new JsonObjectBuilder()
        .SetIfPresent("executionArn", withExecution ? (JsonValue)problem.ExecutionArn : null)
        .Set("kind", NameOf(problem.Kind))
        .SetIfPresent("stateName", problem.StateName)
        .Set("reason", problem.Reason)
        .Set("failedAttempts", problem.FailedAttempts)
        .SetIfPresent("firstFailureDate", problem.Since?.ToWire())
        .SetIfPresent("nextAttemptDate", problem.NextAttempt?.ToWire())
        .Build();

    private static string NameOf(ExecutionProblemKind kind) => kind switch
    {
        ExecutionProblemKind.Suspended => "SUSPENDED",
        ExecutionProblemKind.TaskRepeated => "TASK_REPEATED",
        ExecutionProblemKind.MapRunRepeated => "MAP_RUN_REPEATED",
        _ => throw new UnreachableException(),
    };
}
