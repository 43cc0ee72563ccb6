namespace StepFlow.Language.Intrinsics;

/// <summary>The code of a function.</summary>
internal delegate IntrinsicResult IntrinsicBody(ReadOnlySpan<JsonValue> arguments, FunctionContext context);

/// <summary>One of the <c>States.*</c> functions.</summary>
/// <param name="Name">The name behind <c>States.</c>.</param>
/// <param name="Minimum">The least number of arguments.</param>
/// <param name="Maximum">The most.</param>
/// <param name="Invoke">Computes the value.</param>
internal sealed record IntrinsicFunction(string Name, int Minimum, int Maximum, IntrinsicBody Invoke)
{
    /// <summary>Whether the value depends on the arguments alone.</summary>
    public bool IsPure { get; init; } = true;

    /// <summary>Whether a literal that is not a number is not a valid argument, so that a definition with one is rejected.</summary>
    public bool TakesOnlyNumbers { get; init; }

    /// <summary>Whether the first argument is a template, whose escapes the function reads itself.</summary>
    public bool TakesTemplate { get; init; }

    public bool Takes(int count) => count >= Minimum && count <= Maximum;

    /// <summary>Whether a literal is a valid argument.</summary>
    public bool Accepts(JsonValue literal) => !TakesOnlyNumbers || literal is JsonNumber;
}
