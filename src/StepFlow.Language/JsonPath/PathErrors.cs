using System.Text;

namespace StepFlow.Language.JsonPath;

/// <summary>The failures of paths, with the texts of Step Functions.</summary>
public static class PathErrors
{
    internal static readonly CompositeFormat NoResults = CompositeFormat.Parse("No results for path: {0}");
    internal static readonly CompositeFormat MissingProperty = CompositeFormat.Parse("Missing property in path {0}");
    internal static readonly CompositeFormat NotAnObject = CompositeFormat.Parse("Property {0} not found in path {1}");
    internal static readonly CompositeFormat NotAnArray = CompositeFormat.Parse("Filter: {0} can only be applied to arrays. Current context is: {1}");
    internal static readonly CompositeFormat FilterOnPrimitive = CompositeFormat.Parse("Filter: {0} can not be applied to primitives. Current context is: {1}");
    internal static readonly CompositeFormat OutOfBounds = CompositeFormat.Parse("Index out of bounds when evaluating path {0}");
    internal static readonly CompositeFormat NotALeaf = CompositeFormat.Parse("Multi properties can only be used as path leafs: {0}");
    internal static readonly string TooCostly = $"The path visits more than {PathBudget.MaxVisits} values, or together with the other expressions of the state too many.";
    internal static readonly CompositeFormat PathIsNull = CompositeFormat.Parse("The path {0} is null");

    /// <summary>A path is applied to a null document.</summary>
    public const string NullInput = "Unable to apply Path transformation to null or empty input.";

    /// <summary>The maximum length of a cause in Step Functions, in characters.</summary>
    private const int MaxCauseLength = 32_768;

    /// <summary>The error name of a reference path that does not fit its document.</summary>
    public const string ReferencePathConflict = "States.ReferencePathConflict";

    /// <summary>Whether a path is applied to a document that is null, which none can be.</summary>
    public static bool IsOfNull(PathExpression path, JsonValue input) => path.Origin == PathRoot.Input && input.IsNull;

    /// <summary>A field that is a path selected nothing.</summary>
    public static StatesError InvalidPath(PathExpression path, StateScope scope, JsonValue input) =>
        Runtime(IsOfNull(path, input) ? NullInput : $"Invalid path '{path.Text}' : {path.Explain(scope, input)}");

    /// <summary>A path in a payload template, an ErrorPath or a CausePath selected nothing.</summary>
    public static StatesError NotFound(PathExpression path, string field, StateScope scope, JsonValue input)
    {
        // A path that cannot be applied to the document has the message of Jayway.
        string reason = path.Explain(scope, input, out bool isInvalid);
        return Runtime(isInvalid ? reason : $"The JSONPath '{path.Text}' specified for the field '{field}' could not be found in the input '{Shown(input)}'");
    }

    /// <summary>A path of a Choice rule selected nothing.</summary>
    public static StatesError InvalidChoicePath(PathExpression path, JsonValue input) =>
        Runtime(IsOfNull(path, input) ? NullInput : $"Invalid path '{path.Text}': The choice state's condition path references an invalid value.");

    /// <summary>A ResultPath cannot be applied.</summary>
    public static StatesError CannotApply(ReferencePath path, JsonValue input) =>
        new(ReferencePathConflict, $"Unable to apply ReferencePath {path.Text} to input {Shown(input)}") { RaisedByInterpreter = false };

    /// <summary>The text of a document in a cause, cut to the maximum length of a cause.</summary>
    public static string Shown(JsonValue document)
    {
        string text = document.ToString();
        return text.Length > MaxCauseLength ? text[..MaxCauseLength] : text;
    }

    /// <summary>A failure named <c>States.Runtime</c>.</summary>
    public static StatesError Runtime(string cause) => new(ErrorNames.Runtime, cause);
}
