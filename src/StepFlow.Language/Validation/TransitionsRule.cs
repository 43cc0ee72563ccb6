namespace StepFlow.Language.Validation;

/// <summary>
/// The target of every transition must be a state of the same graph, every state must be reachable, and a state must end the state
/// machine. If no state ends it, unreachable states are not reported.
/// </summary>
internal sealed class TransitionsRule : GraphRule
{
    public override void Check(StateGraphDefinition graph, ValidationContext context)
    {
        // The transitions of a state that could not be read are not known.
        if (graph.States.Count == 0 || graph.States.Any(state => state is UnreadableState))
        {
            return;
        }

        Dictionary<string, State> states = graph.States.DistinctBy(state => state.Name).ToDictionary(state => state.Name);
        foreach (Transition transition in graph.States.SelectMany(Transition.Of))
        {
            if (!states.ContainsKey(transition.Target))
            {
                Missing(transition.Target, transition.Location, context);
            }
        }

        bool isMachine = graph.Location.Length == 0;
        if (isMachine && !graph.States.Any(state => state.End || state is SucceedState or FailState))
        {
            context.Diagnostics.Error(DiagnosticCodes.MissingEndState, DiagnosticMessages.NoTerminalState, null);
            return;
        }

        if (graph.StartAt is not { } start)
        {
            return;
        }

        if (!states.ContainsKey(start))
        {
            Missing(start, graph.Location + "/StartAt", context);
        }

        HashSet<string> reached = Reach(start, states);
        foreach (State state in graph.States.Where(state => !reached.Contains(state.Name)))
        {
            context.Diagnostics.Error(DiagnosticCodes.MissingTransitionTarget, DiagnosticMessages.NotReachable(state.Name), state.Location);
        }
    }

    private static HashSet<string> Reach(string start, Dictionary<string, State> states)
    {
        var reached = new HashSet<string>();
        var pending = new Stack<string>();
        pending.Push(start);
        while (pending.TryPop(out string? name))
        {
            if (!states.TryGetValue(name, out State? state) || !reached.Add(name))
            {
                continue;
            }

            foreach (Transition transition in Transition.Of(state))
            {
                pending.Push(transition.Target);
            }
        }

        return reached;
    }

    private static void Missing(string target, string location, ValidationContext context) =>
        context.Diagnostics.Error(DiagnosticCodes.MissingTransitionTarget, DiagnosticMessages.MissingTarget(target), location);
}
