using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Templates;

/// <summary>The failures of fields that read their value from data, with the texts of Step Functions.</summary>
internal static class FieldErrors
{
    /// <summary>A wait is longer than 2,147,483,647 s.</summary>
    public static StatesError WaitTooLong => PathErrors.Runtime("Wait state delay is too long.");

    public static StatesError NotANumber(NumberRule rule, PathExpression path, JsonValue value) => PathErrors.Runtime(
        $"The {rule.Field}Path field refers to value \"{Plain(value)}\" which is not a valid {(rule.IsInteger ? "integer" : "float")}: {path.Text}");

    public static StatesError NotAString(string field, string expression, JsonValue value) =>
        PathErrors.Runtime($"The {field} field refers to value \"{Plain(value)}\" which is not a valid string: {expression}");

    public static StatesError NotALong(PathExpression path, JsonValue value) =>
        PathErrors.Runtime($"The SecondsPath parameter cannot be parsed as a long value: {path.Text} == {Plain(value)}");

    public static StatesError Negative(PathExpression path, JsonValue value) =>
        PathErrors.Runtime($"The SecondsPath parameter references a negative value: {path.Text} == {Plain(value)}");

    /// <summary>The path of a Wait selects nothing.</summary>
    public static StatesError NoValue(string field, PathExpression path) =>
        PathErrors.Runtime($"The {field} parameter does not reference an input value: {path.Text}");

    public static StatesError NotATimestamp(PathExpression path, JsonValue value) => PathErrors.Runtime(
        $"The TimestampPath parameter does not reference a valid {IsoTimestamp.FormatName}: {path.Text} == {Plain(value)}");

    /// <summary>The items of a Map are neither a list nor an object.</summary>
    public static StatesError NotItems(PathExpression path) => PathErrors.Runtime($"Reference path \"{path.Text}\" must point to array.");

    /// <summary>The items of a Map are not there.</summary>
    public static StatesError NoItems(PathExpression path, JsonValue input)
    {
        int at = path.Text.LastIndexOf('.');
        string step = at < 0 ? path.Text : path.Text[(at + 1)..];
        return new(PathErrors.ReferencePathConflict, $"Unable to apply step \"{step}\" to input {PathErrors.Shown(input)}") { RaisedByInterpreter = false };
    }

    /// <summary>The failure of a JSONata field that Step Functions does not report as a failed expression.</summary>
    public static StatesError Query(string field, string cause) => new(ErrorNames.QueryEvaluationError, cause) { EvaluationLocation = field };

    private static string Plain(JsonValue value) => value is JsonString text ? text.Value : PathErrors.Shown(value);
}
