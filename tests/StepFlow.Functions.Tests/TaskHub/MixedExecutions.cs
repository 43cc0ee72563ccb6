using StepFlow.Execution;
using StepFlow.Hosting.Compliance;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.TaskHub;

/// <summary>A kind of execution that runs beside others while something breaks down.</summary>
/// <param name="Name">The kind's name.</param>
/// <param name="Definition">The definition. Its tasks give their arguments back; those of a function <c>flaky</c> fail at first.</param>
/// <param name="Input">The input.</param>
/// <param name="Tasks">How many tasks an execution has.</param>
/// <param name="Ends">How it ends.</param>
internal sealed record MixedExecutions(string Name, string Definition, JsonValue Input, int Tasks, ExecutionStatus Ends)
{
    /// <summary>The kinds.</summary>
    public static IReadOnlyList<MixedExecutions> Kinds { get; } =
    [
        new("sequence", Machines.Sequence(12), JsonObject.Empty, 12, ExecutionStatus.Succeeded),
        new("parallel", Machines.Parallel, JsonObject.Empty, 2, ExecutionStatus.Succeeded),
        new("map", Machines.Map, JsonArray.From(Enumerable.Range(0, 6).Select(n => (JsonValue)n)), 6, ExecutionStatus.Succeeded),
        new("wait", Machines.Wait(3), JsonObject.Empty, 0, ExecutionStatus.Succeeded),
        new("large", Machines.Sequence(4), Large(), 4, ExecutionStatus.Succeeded),
        new("retry", Machines.Task("flaky", ",\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"IntervalSeconds\":1,\"BackoffRate\":1}]"), JsonObject.Empty, 2, ExecutionStatus.Succeeded),
        new("failing", Machines.Task("flaky"), JsonObject.Empty, 1, ExecutionStatus.Failed),
    ];

    /// <summary>A payload that is stored by itself and travels by reference.</summary>
    private static JsonString Large()
    {
        var bytes = new byte[60 * 1024];
        new Random(1).NextBytes(bytes);
        return new(Convert.ToBase64String(bytes));
    }
}
