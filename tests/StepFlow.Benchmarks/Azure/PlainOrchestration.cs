using Microsoft.DurableTask;
using StepFlow.Functions.Messages;
using StepFlow.Functions.TaskHub;

namespace StepFlow.Benchmarks.Azure;

/// <summary>What a Durable Functions developer writes by hand for the same work: an orchestrator that calls one activity after the other.</summary>
internal static class PlainOrchestration
{
    public const string Name = "PlainOrchestrator";
    private const string Activity = "PlainTask";

    public static void Register(AppFunctions functions)
    {
        functions.Add(new AppOrchestrator(Name, typeof(PlainInput), RunAsync));
        functions.Add(new AppActivity(Activity, typeof(string), Task.FromResult));
    }

#pragma warning disable DURABLE2003 // The activity is registered above, not by an attribute.
    private static async Task<object?> RunAsync(TaskOrchestrationContext context)
    {
        PlainInput input = context.GetInput<PlainInput>()!;
        string value = input.Payload;
        for (int task = 0; task < input.Tasks; task++)
        {
            value = await context.CallActivityAsync<string>(Activity, value);
        }

        return value;
    }
#pragma warning restore DURABLE2003
}

/// <param name="Tasks">How many activities are called.</param>
/// <param name="Payload">What each is given and gives back.</param>
internal sealed record PlainInput(int Tasks, string Payload);
