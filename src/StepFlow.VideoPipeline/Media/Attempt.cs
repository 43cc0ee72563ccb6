using System.Diagnostics.CodeAnalysis;
using StepFlow.Integrations.Functions;

namespace StepFlow.VideoPipeline.Media;

/// <summary>The result of a step: a value, or the failure of the function.</summary>
internal readonly struct Attempt<T>
{
    private Attempt(T? value, FunctionFailed? failure)
    {
        Value = value;
        Failure = failure;
    }

    public T? Value { get; }

    public FunctionFailed? Failure { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsSuccess => Failure is null;

    public static implicit operator Attempt<T>(T value) => new(value, null);

    public static implicit operator Attempt<T>(FunctionFailed failure) => new(default, failure);
}
