using StepFlow.Language.Compilation;
using StepFlow.Runtime.InMemory;
using StepFlow.Service.StateTests;

namespace StepFlow.Local.Explanations;

/// <summary>How data went through each state of an execution: <c>stepflow run --explain</c>.</summary>
internal static class Explanation
{
    /// <summary>The visits of states, in order, each with its stages as JSON values.</summary>
    public static async Task<IReadOnlyList<(StateVisit Visit, JsonObject Stages)>> OfAsync(StateMachine machine, InMemoryExecution execution, TimeProvider time, CancellationToken cancellationToken)
    {
        var explained = new List<(StateVisit, JsonObject)>();
        JsonObject variables = JsonObject.Empty;
        foreach (StateVisit visit in StateVisit.Of(execution.History))
        {
            JsonObject stages = Find(machine.Graph, visit.Name) is { } state
                ? await StateExplanation.OfAsync(execution.Start, Finished(state, execution.Start, visit, variables), time, cancellationToken)
                : JsonObject.Empty;
            explained.Add((visit, Values(stages)));
            variables = (visit.Assigned ?? JsonObject.Empty).Aggregate(variables, static (all, one) => all.With(one.Key, one.Value));
        }

        return explained;
    }

    private static FinishedState Finished(CompiledState state, ExecutionStart start, StateVisit visit, JsonObject variables)
    {
        (string? error, string? cause) = visit.Result is null && visit.Failures.Count > 0 ? visit.Failures[^1] : (null, null);
        return new(state, visit.Input) { Context = Context(start, visit), Variables = variables, Result = visit.Result, Error = error, Cause = cause };
    }

    // The stages of TestState are JSON texts. Here their values are shown.
    private static JsonObject Values(JsonObject stages) =>
        stages.Aggregate(new JsonObjectBuilder(stages.Count), static (builder, one) => builder.Set(one.Key, one.Value is JsonString text ? JsonValue.ParseOrNull(text.Value) ?? text : one.Value)).Build();

    private static JsonObject Context(ExecutionStart start, StateVisit visit) => JsonObject.Create(
        ("Execution", JsonObject.Create(("Id", start.ExecutionArn), ("Input", start.Input), ("Name", start.Name), ("RoleArn", start.RoleArn), ("StartTime", IsoTime.Milliseconds(start.StartTime)))),
        ("StateMachine", JsonObject.Create(("Id", start.StateMachineArn), ("Name", start.StateMachineName))),
        ("State", JsonObject.Create(("Name", visit.Name), ("EnteredTime", IsoTime.Milliseconds(visit.Entered)), ("RetryCount", visit.Failures.Count))));

    private static CompiledState? Find(StateGraph graph, string name) => graph.States.GetValueOrDefault(name) ?? graph.States.Values.Select(state => state switch
    {
        CompiledParallel parallel => parallel.Branches.Select(branch => Find(branch, name)).FirstOrDefault(static found => found is not null),
        CompiledMap map => Find(map.Processor, name),
        _ => null,
    }).FirstOrDefault(static found => found is not null);
}
