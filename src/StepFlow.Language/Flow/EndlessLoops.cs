using StepFlow.Language.Validation;

namespace StepFlow.Language.Flow;

/// <summary>States from which no state that ends the graph can be reached.</summary>
internal static class EndlessLoops
{
    public static void Check(StateGraphDefinition graph, DiagnosticBag findings)
    {
        ILookup<string, string> before = graph.States
            .SelectMany(state => Transition.Of(state).Select(transition => (state.Name, transition.Target)))
            .ToLookup(step => step.Target, step => step.Name, StringComparer.Ordinal);
        var pending = new Stack<string>(graph.States.Where(IsEnd).Select(state => state.Name));
        var ending = new HashSet<string>(pending, StringComparer.Ordinal);
        while (pending.TryPop(out string? name))
        {
            foreach (string earlier in before[name].Where(ending.Add))
            {
                pending.Push(earlier);
            }
        }

        // If no state of the graph ends it, the validation reports an error.
        if (ending.Count > 0 && graph.States.FirstOrDefault(state => !ending.Contains(state.Name)) is { } first)
        {
            findings.Warning(DiagnosticCodes.NoWayOut, DiagnosticMessages.NoWayOut(first.Name), first.Location);
        }

        foreach (StateGraphDefinition inner in graph.States.SelectMany(StateTree.Graphs))
        {
            Check(inner, findings);
        }
    }

    private static bool IsEnd(State state) => state.End || state is SucceedState or FailState or UnreadableState;
}
