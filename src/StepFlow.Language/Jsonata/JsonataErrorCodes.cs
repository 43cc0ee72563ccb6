namespace StepFlow.Language.Jsonata;

/// <summary>The codes that code outside the engine compares with.</summary>
public static class JsonataErrorCodes
{
    /// <summary>Attempted to invoke a non-function.</summary>
    public const string NotAFunction = EvaluationErrorCodes.NotAFunction;

    /// <summary>The evaluation nests too deep.</summary>
    public const string TooDeep = EvaluationErrorCodes.TooDeep;

    /// <summary>The evaluation took too many steps. Steps are limited instead of time, so that the result is deterministic.</summary>
    public const string TooManySteps = EvaluationErrorCodes.TooManySteps;

    /// <summary>A sequence or value grew too large.</summary>
    public const string TooLarge = EvaluationErrorCodes.TooLarge;

    /// <summary>The regular expression is not valid.</summary>
    public const string BadPattern = EvaluationErrorCodes.BadPattern;
}
