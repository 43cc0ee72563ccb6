namespace StepFlow.Language.Intrinsics;

/// <summary>The result of a function: a value or a problem.</summary>
internal readonly struct IntrinsicResult
{
    private IntrinsicResult(JsonValue? value, string? fault, bool isMissingPath)
    {
        Value = value;
        Fault = fault;
        IsMissingPath = isMissingPath;
    }

    public JsonValue? Value { get; }

    public string? Fault { get; }

    /// <summary>Whether an argument's path selected nothing, which fails under another name.</summary>
    public bool IsMissingPath { get; }

    public static IntrinsicResult Missing(string fault) => new(null, fault, true);

    public static implicit operator IntrinsicResult(JsonValue value) => new(value, null, false);

    public static implicit operator IntrinsicResult(string fault) => new(null, fault, false);
}
