using StepFlow.Language.Validation;

namespace StepFlow.Language.Flow;

/// <summary>Works out what reaches each state of a graph, until nothing changes, and then notes what cannot be.</summary>
internal static class GraphFlow
{
    /// <summary>After this number of changes a state's input counts as unknown, because a loop may extend it forever.</summary>
    private const int MaxChanges = 8;

    public static void Check(StateGraphDefinition graph, ValueShape input, FlowScope scope)
    {
        Dictionary<string, State> states = graph.States.DistinctBy(state => state.Name).ToDictionary(state => state.Name);
        if (graph.StartAt is not { } start || !states.ContainsKey(start))
        {
            return;
        }

        Dictionary<string, ValueShape> inputs = Settle(start, input, states);
        foreach (State state in graph.States)
        {
            if (!inputs.TryGetValue(state.Name, out ValueShape? reached))
            {
                continue;
            }

            var flow = StateFlow.For(state);
            flow.Output(reached, scope);
            foreach (Catcher catcher in StateTree.Catchers(state))
            {
                flow.Caught(catcher, reached, scope);
            }

            ValueShape inner = state switch
            {
                ParallelState => flow.BranchInput(reached, new(null)),
                MapState map => flow.ItemInput(map, reached, scope) is var item && map.ItemBatcher is null ? item : ValueShape.Unknown,
                _ => ValueShape.Unknown,
            };
            foreach (StateGraphDefinition branch in StateTree.Graphs(state))
            {
                Check(branch, inner, scope);
            }
        }
    }

    private static Dictionary<string, ValueShape> Settle(string start, ValueShape input, Dictionary<string, State> states)
    {
        var silent = new FlowScope(null);
        var inputs = new Dictionary<string, ValueShape>(StringComparer.Ordinal) { [start] = input };
        var changes = new Dictionary<string, int>(StringComparer.Ordinal);
        var pending = new Queue<string>([start]);
        while (pending.TryDequeue(out string? name))
        {
            State state = states[name];
            var flow = StateFlow.For(state);
            ValueShape output = flow.Output(inputs[name], silent);
            foreach (Transition transition in Transition.Of(state))
            {
                ValueShape leaving = transition.Kind == TransitionKind.Catch
                    ? StateTree.Catchers(state).Where(catcher => catcher.Next == transition.Target).Select(catcher => flow.Caught(catcher, inputs[name], silent)).Aggregate(ValueShape.Join)
                    : transition.Kind == TransitionKind.Choice && state.QueryLanguage == QueryLanguage.Jsonata ? ValueShape.Unknown
                    : output;
                if (states.ContainsKey(transition.Target) && Merge(transition.Target, leaving, inputs, changes))
                {
                    pending.Enqueue(transition.Target);
                }
            }
        }

        return inputs;
    }

    private static bool Merge(string target, ValueShape arriving, Dictionary<string, ValueShape> inputs, Dictionary<string, int> changes)
    {
        if (!inputs.TryGetValue(target, out ValueShape? known))
        {
            inputs.Add(target, arriving);
            return true;
        }

        ValueShape joined = ValueShape.Join(known, arriving);
        if (joined.Same(known))
        {
            return false;
        }

        int count = changes[target] = changes.GetValueOrDefault(target) + 1;
        inputs[target] = count > MaxChanges ? ValueShape.Unknown : joined;
        return true;
    }
}
