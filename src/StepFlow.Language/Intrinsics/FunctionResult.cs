using StepFlow.Language.Json;

namespace StepFlow.Language.Intrinsics;

/// <summary>What a function came to: a value, or what is wrong.</summary>
internal readonly struct FunctionResult
{
    private FunctionResult(JsonValue? value, string? fault, bool isMissingPath)
    {
        Value = value;
        Fault = fault;
        IsMissingPath = isMissingPath;
    }

    public JsonValue? Value { get; }

    public string? Fault { get; }

    /// <summary>Whether an argument's path selected nothing, which fails under another name.</summary>
    public bool IsMissingPath { get; }

    public static FunctionResult Missing(string fault) => new(null, fault, true);

    public static implicit operator FunctionResult(JsonValue value) => new(value, null, false);

    public static implicit operator FunctionResult(string fault) => new(null, fault, false);
}
