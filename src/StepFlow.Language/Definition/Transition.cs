namespace StepFlow.Language.Definition;

/// <summary>One transition out of a state.</summary>
/// <param name="Target">The name of the state it leads to.</param>
/// <param name="Location">Where the target is written.</param>
/// <param name="Kind">The part of the state that decides for it.</param>
public readonly record struct Transition(string Target, string Location, TransitionKind Kind)
{
    /// <summary>The transitions out of a state, in the order in which they are considered.</summary>
    public static IEnumerable<Transition> Of(State state)
    {
        if (state.Next is { } next && state is not (ChoiceState or SucceedState or FailState))
        {
            yield return new(next, state.Location + "/Next", TransitionKind.Next);
        }

        if (state is ChoiceState choice)
        {
            foreach (ChoiceRule rule in choice.Choices)
            {
                if (rule.Next is { } target)
                {
                    yield return new(target, rule.Location + "/Next", TransitionKind.Choice);
                }
            }

            if (choice.Default is { } fallback)
            {
                yield return new(fallback, state.Location + "/Default", TransitionKind.Default);
            }
        }

        foreach (Catcher catcher in (state as RetryableState)?.Catch ?? [])
        {
            if (catcher.Next is { } target)
            {
                yield return new(target, catcher.Location + "/Next", TransitionKind.Catch);
            }
        }
    }
}
