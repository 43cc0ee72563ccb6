namespace StepFlow.Language.Jsonata;

/// <summary>Why a text is not a JSONata expression, or why its evaluation failed. The codes and texts are those of jsonata 2.</summary>
/// <remarks>S codes come from parsing, T codes are type errors, D codes arise from values (docs.jsonata.org, "Error codes").</remarks>
public sealed record JsonataError
{
    /// <summary>The code, such as <c>T2001</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The text, without the code.</summary>
    public required string Message { get; init; }

    /// <summary>The position in the expression, in UTF-16 characters from 0; -1 if there is none.</summary>
    public int Position { get; init; } = -1;

    /// <summary>The operator or the function's name. Null for none.</summary>
    public string? Token { get; init; }

    /// <summary>Whether a bound of the evaluation was met: depth, steps or memory. Step Functions names no code for these.</summary>
    public bool IsBound => Code is EvaluationErrorCodes.TooDeep or EvaluationErrorCodes.TooManySteps or EvaluationErrorCodes.TooLarge;

    /// <summary>Whether Step Functions calls it an internal error, which it names by an id alone.</summary>
    public bool IsInternal => Code == EvaluationErrorCodes.Internal;

    internal static JsonataError Of(JsonataException exception) => new()
    {
        Code = exception.Code,
        Message = JsonataErrorMessages.Describe(exception),
        Position = exception.Position,
        Token = exception.Token,
    };

    /// <summary>The code and the text, as AWS quotes them: <c>T1006: Attempted to invoke a non-function</c>.</summary>
    public override string ToString() => $"{Code}: {Message}";
}
