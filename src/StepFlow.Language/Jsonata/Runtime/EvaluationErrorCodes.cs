namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>The codes that the engine itself compares with.</summary>
internal static class EvaluationErrorCodes
{
    public const string NotAFunction = "T1006";
    public const string TooDeep = "D1011";
    public const string TooManySteps = "D1012";
    public const string TooLarge = "D2015";

    /// <summary>An internal error of Step Functions, for which jsonata has no code.</summary>
    public const string Internal = "internal";
    public const string BadPattern = "S0303";
}
