using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Intrinsics;

/// <summary>The failures of intrinsic functions and the faults in their texts.</summary>
internal static class IntrinsicErrors
{
    public const string NotACall = "An intrinsic function is written States.Name(…).";
    public const string UnknownFunction = "The intrinsic function is not known.";
    public const string WrongArgumentCount = "The number of arguments is wrong.";
    public const string WrongArgument = "An argument is of a kind that the function does not take.";
    public const string OpenCall = "')' is missing.";
    public const string BadArgument = "An argument is a string in single quotes, a number, true, false, null, a path or a call.";
    public const string TooDeep = "The calls nest too deep.";

    public const string DivisionByZeroStep = "The step must not be 0.";
    public const string IndexOutOfRange = "The index is out of range.";
    public const string ChunkSize = "The chunk size must be a positive integer.";
    public const string NotBase64 = "The argument is not a valid Base64 string.";
    public const string UnknownAlgorithm = "The algorithm must be one of MD5, SHA-1, SHA-256, SHA-384, SHA-512.";
    public const string DeepMerge = "Only shallow merging is supported: the third argument must be false.";
    public const string NotJson = "The argument is not valid JSON.";
    public const string Overflow = "The result is too large.";
    public const string TooLarge = "The result is larger than a value may be.";
    public const string TooCostly = "The expressions of the state read or build too much.";
    public const string EmptyRange = "The start must be less than the end.";
    public const string PlaceholderCount = "The number of arguments does not match the number of '{}' in the template.";

    /// <summary>The failure of a whole expression.</summary>
    public static StatesError Of(string expression, IntrinsicFault fault) => new(
        fault.IsMissingPath ? ErrorNames.Runtime : ErrorNames.IntrinsicFailure,
        $"The function '{expression}' had the following error: {fault.Message}");

    public static IntrinsicFault Missing(PathExpression path, StateScope scope, JsonValue input)
    {
        string reason = path.Explain(scope, input, out bool isInvalid);
        return new(isInvalid
            ? reason
            : $"The JsonPath argument for the field '{path.Text}' could not be found in the input '{PathErrors.Shown(input)}'", IsMissingPath: true);
    }

    /// <summary>An argument has the wrong kind.</summary>
    public static string Kind(int position, string expected) => $"Argument {position} must be {expected}.";

    /// <summary>An argument or a result is larger than the quota.</summary>
    public static string Limit(string what, int limit) => $"{what} must not be larger than {limit}.";
}
