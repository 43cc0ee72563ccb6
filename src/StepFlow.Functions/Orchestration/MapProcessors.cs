using StepFlow.Language.Compilation;
using StepFlow.Language.Loading;

namespace StepFlow.Functions.Orchestration;

/// <summary>Finds the item processors of a machine's distributed Maps: each is the machine of that Map's children.</summary>
internal static class MapProcessors
{
    /// <summary>The item processor of a Map state, as a machine.</summary>
    /// <exception cref="InvalidOperationException">The machine has no such Map.</exception>
    public static StateMachine Find(StateMachine machine, string mapState) =>
        Find(machine.Graph, mapState) is { } map
            ? StateMachineLoader.ItemProcessor(map, machine)
            : throw new InvalidOperationException($"The definition has no Map state named '{mapState}'.");

    private static CompiledMap? Find(StateGraph graph, string name)
    {
        foreach (CompiledState state in graph.States.Values)
        {
            IEnumerable<StateGraph> inner = state switch
            {
                CompiledMap map => [map.Processor],
                CompiledParallel parallel => parallel.Branches,
                _ => [],
            };
            if (state is CompiledMap found && found.Name == name)
            {
                return found;
            }

            foreach (StateGraph branch in inner)
            {
                if (Find(branch, name) is { } nested)
                {
                    return nested;
                }
            }
        }

        return null;
    }
}
