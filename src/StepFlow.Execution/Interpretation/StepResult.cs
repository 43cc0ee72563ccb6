namespace StepFlow.Execution.Interpretation;

/// <summary>What happens after a step of a frame.</summary>
internal readonly struct StepResult
{
    private StepResult(JsonValue? output, JsonObject? assigned, CompiledState? next, Failure? failure) =>
        (Output, Assigned, Next, Failure) = (output, assigned, next, failure);

    /// <summary>The frame stays in its state. Its phase shows what it waits for or does next.</summary>
    public static StepResult Wait => default;

    public StepKind Kind => Failure is not null ? StepKind.Fail
        : Output is null ? StepKind.Wait
        : Next is null ? StepKind.End
        : StepKind.Next;

    /// <summary>The output of the state, for <see cref="StepKind.Next"/> and <see cref="StepKind.End"/>; else null.</summary>
    public JsonValue? Output { get; }

    /// <summary>The variables that the state assigns; null where it assigns none.</summary>
    public JsonObject? Assigned { get; }

    /// <summary>The state to go to, for <see cref="StepKind.Next"/>; else null.</summary>
    public CompiledState? Next { get; }

    /// <summary>The failure, for <see cref="StepKind.Fail"/>; else null.</summary>
    public Failure? Failure { get; }

    public static implicit operator StepResult(Failure failure) => new(null, null, null, failure);

    public static implicit operator StepResult(StatesError error) => Interpretation.Failure.From(error);

    /// <summary>The state is left.</summary>
    /// <param name="next">The state to go to; null ends the frame.</param>
    public static StepResult Leave(JsonValue output, JsonObject? assigned, CompiledState? next) => new(output, assigned, next, null);
}
