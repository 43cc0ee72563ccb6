using System.Diagnostics.CodeAnalysis;
using StepFlow.Integrations.Functions;

namespace StepFlow.VideoPipeline.Media;

/// <summary>What a step came to: a value, or the failure that the workflow is to see.</summary>
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
