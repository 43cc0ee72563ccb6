using System.Runtime.CompilerServices;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Intrinsics;

/// <summary>A node of a call's tree. A closed family of immutable nodes.</summary>
internal abstract class IntrinsicArgument
{
    public abstract IntrinsicResult Evaluate(StateScope scope, JsonValue input);
}

/// <summary>A literal, or a call that was folded into its value.</summary>
internal sealed class LiteralArgument(JsonValue value) : IntrinsicArgument
{
    public JsonValue Value { get; } = value;

    public override IntrinsicResult Evaluate(StateScope scope, JsonValue input) => Value;
}

internal sealed class PathArgument(PathExpression path) : IntrinsicArgument
{
    public override IntrinsicResult Evaluate(StateScope scope, JsonValue input) =>
        path.Find(scope, input) is { } value ? value : IntrinsicErrors.Missing(path, scope, input);
}

internal sealed class CallArgument(IntrinsicFunction function, IntrinsicArgument[] arguments) : IntrinsicArgument
{
    private const int BufferLength = 4;

    public override IntrinsicResult Evaluate(StateScope scope, JsonValue input)
    {
        var buffer = default(Buffer);
        Span<JsonValue> values = arguments.Length <= BufferLength ? ((Span<JsonValue>)buffer)[..arguments.Length] : new JsonValue[arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            IntrinsicResult argument = arguments[i].Evaluate(scope, input);
            if (argument.Value is null)
            {
                return argument;
            }

            values[i] = argument.Value;
        }

        IntrinsicResult result = function.Invoke(values, new(scope.Entropy, scope.Limits));
        if (result.Value is null or JsonNumber)
        {
            return result;
        }

        if (result.Value.Utf8Length > Limits.MaxValueBytes)
        {
            return IntrinsicErrors.TooLarge;
        }

        return scope.Steps is { } steps && !steps.Take(Cost(values) + Cost(result.Value)) ? IntrinsicErrors.TooCostly : result;
    }

    private static long Cost(ReadOnlySpan<JsonValue> values)
    {
        long steps = 1;
        foreach (JsonValue value in values)
        {
            steps += Cost(value);
        }

        return steps;
    }

    /// <summary>The steps of a value that is read or built: texts are copied, elements are shared.</summary>
    private static long Cost(JsonValue? value) => value switch
    {
        JsonString text => text.Utf8Length / ExpressionSteps.BytesPerStep,
        JsonArray items => items.Count,
        JsonObject members => members.Count,
        _ => 0,
    };

    [InlineArray(BufferLength)]
    private struct Buffer
    {
        private JsonValue _first;
    }
}
