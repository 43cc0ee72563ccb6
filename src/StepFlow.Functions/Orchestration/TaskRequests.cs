using Microsoft.DurableTask;
using StepFlow.Execution.Commands;
using StepFlow.Runtime.Tasks;

namespace StepFlow.Functions.Orchestration;

/// <summary>Makes the requests of an execution's tasks.</summary>
internal sealed class TaskRequests(TaskOrchestrationContext context, OrchestrationPayloads payloads, Func<WorkflowExecution> execution, string? mockTestCase)
{
    private static readonly Payload Nothing = new() { Text = "null" };

    public DateTimeOffset Now => execution().Now;

    public async Task<TaskRequest> CreateAsync(RunTask run) => Name(run) with
    {
        Arguments = await payloads.WriteAsync(run.Arguments),
        Deadline = CommandCalls.Deadline(run, Now),
        ResultIsPassedOn = run.ResultIsPassedOn,
        Credentials = run.Credentials is { } credentials ? await payloads.WriteAsync(credentials) : null,
    };

    /// <summary>A request that only identifies the task.</summary>
    public TaskRequest Name(RunTask run) => new()
    {
        ExecutionArn = execution().StartedWith.ExecutionArn,
        ExecutionName = execution().StartedWith.Name,
        StateMachineArn = execution().StartedWith.StateMachineArn,
        InstanceId = context.InstanceId,
        TaskId = run.Id,
        StateName = run.StateName,
        Resource = run.Resource.Text,
        Arguments = Nothing,
        RetryCount = run.RetryCount,
        TaskToken = run.TaskToken,
        MockTestCase = mockTestCase,
    };
}
