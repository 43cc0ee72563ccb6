namespace StepFlow.Language.Jsonata;

/// <summary>The codes that code outside the engine compares with.</summary>
public static class JsonataErrorCodes
{
    /// <summary>Attempted to invoke a non-function.</summary>
    public const string NotAFunction = "T1006";

    /// <summary>The evaluation nests too deep.</summary>
    public const string TooDeep = "D1011";

    /// <summary>The evaluation took too many steps: the deterministic stand-in for a time limit.</summary>
    public const string TooManySteps = "D1012";

    /// <summary>A sequence or value grew too large.</summary>
    public const string TooLarge = "D2015";

    /// <summary>A regular expression that is not one.</summary>
    public const string BadPattern = "S0303";
}
