using System.Diagnostics.CodeAnalysis;

namespace StepFlow.Language.Evaluation;

/// <summary>The outcome of an evaluation: a value or a <see cref="StatesError"/>. A failure is a result, not an exception.</summary>
public readonly struct Outcome<T>
{
    private Outcome(T? value, StatesError? error) => (Value, Error) = (value, error);

    /// <summary>The value; meaningless where <see cref="Error"/> is set.</summary>
    public T? Value { get; }

    /// <summary>The failure; null on success.</summary>
    public StatesError? Error { get; }

    /// <summary>Whether it has a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(StatesError error) => new(default, error);
}
