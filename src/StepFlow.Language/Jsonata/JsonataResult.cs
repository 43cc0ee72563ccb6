namespace StepFlow.Language.Jsonata;

/// <summary>The result of an evaluation: a value, undefined, a function, or an error.</summary>
public readonly struct JsonataResult
{
    internal JsonataResult(JsonValue? value, JsonataError? error, bool isFunction, long steps) =>
        (Value, Error, IsFunction, Steps) = (value, error, isFunction, steps);

    /// <summary>The value; null where the expression matched nothing (undefined), gave a function or failed.</summary>
    public JsonValue? Value { get; }

    /// <summary>Why the evaluation failed; null where it did not.</summary>
    public JsonataError? Error { get; }

    /// <summary>Whether the result is a function, which has no JSON form.</summary>
    public bool IsFunction { get; }

    /// <summary>The number of steps. It is the same for the same expression, input and environment.</summary>
    public long Steps { get; }
}
