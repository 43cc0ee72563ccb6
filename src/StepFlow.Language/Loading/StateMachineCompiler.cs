using System.Collections.Frozen;
using StepFlow.Language.Compilation;

namespace StepFlow.Language.Loading;

/// <summary>Makes validated definitions ready to run: every expression parsed once, every name resolved.</summary>
public static class StateMachineCompiler
{
    /// <summary>Compiles a machine.</summary>
    /// <param name="definition">The machine; validation found no error in it.</param>
    public static StateMachine Compile(StateMachineDefinition definition) => new()
    {
        Source = definition.Source,
        Graph = Graph(definition.Graph),
        TimeoutSeconds = definition.TimeoutSeconds,
    };

    /// <summary>Compiles a single state. The states that follow it become Succeed states with their names.</summary>
    /// <param name="state">The state; validation found no error in it.</param>
    /// <param name="name">The name that it has when it runs.</param>
    public static CompiledState CompileState(State state, string name)
    {
        CompiledState compiled = StateCompiler.Compile(state, name, Graph);
        Link(state, compiled, target => new CompiledSucceed
        {
            Name = target,
            QueryLanguage = state.QueryLanguage,
            Data = compiled.Data,
        });
        return compiled;
    }

    private static StateGraph Graph(StateGraphDefinition definition)
    {
        var states = definition.States.ToFrozenDictionary(state => state.Name, state => StateCompiler.Compile(state, state.Name, Graph));
        foreach (State state in definition.States)
        {
            Link(state, states[state.Name], name => states[name]);
        }

        return new() { Start = states[definition.StartAt!], States = states };
    }

    private static void Link(State state, CompiledState compiled, Func<string, CompiledState> find)
    {
        if (state is ChoiceState choice)
        {
            var rules = (CompiledChoice)compiled;
            for (int i = 0; i < choice.Choices.Count; i++)
            {
                rules.Rules[i].Next = find(choice.Choices[i].Next!);
            }

            rules.Default = choice.Default is { } fallback ? find(fallback) : null;
            return;
        }

        compiled.Next = state is { End: false, Next: { } next } and not (SucceedState or FailState) ? find(next) : null;
        if (state is RetryableState { Catch: var written })
        {
            IReadOnlyList<CompiledCatcher> catchers = ((CompiledRetryableState)compiled).Catch;
            for (int i = 0; i < written.Count; i++)
            {
                catchers[i].Next = find(written[i].Next!);
            }
        }
    }
}
