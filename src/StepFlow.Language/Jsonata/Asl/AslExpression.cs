using System.Text.RegularExpressions;

namespace StepFlow.Language.Jsonata.Asl;

/// <summary>
/// A JSONata expression in a field of a state: <c>{% … %}</c> as a whole string ("Transforming data with JSONata" in the
/// developer guide). Fails with <see cref="ErrorNames.QueryEvaluationError"/>, naming the field.
/// </summary>
public sealed partial class AslExpression
{
    private const string StatesVariable = "states";

    private readonly JsonataExpression _expression;
    private readonly string[] _variables;
    private readonly bool _readsStates;
    private readonly bool _readsContext;

    private AslExpression(string text, string field, JsonataExpression expression)
    {
        Text = text;
        Field = field;
        _expression = expression;
        string[] names = [.. VariableName().Matches(text).Select(match => match.Groups[1].Value).Distinct()];
        _readsStates = names.Contains(StatesVariable);
        _variables = [.. names.Where(name => name != StatesVariable)];

        // The context object is only built if the expression can read it. Most do not.
        _readsContext = _readsStates && (text.Contains("context", StringComparison.Ordinal) || WholeStates().IsMatch(text));
    }

    /// <summary>The expression without its delimiters.</summary>
    public string Text { get; }

    /// <summary>The field's location in the state, as failures name it: <c>Output/v</c>, <c>Choices[1]/Condition</c>.</summary>
    public string Field { get; }

    /// <summary>Whether it takes the state's input or result as a whole or not at all, and needs nothing of their content.</summary>
    public bool PassesUnread => !_readsStates || Text.Trim() is "$states.input" or "$states.result";

    /// <summary>Reads an expression whose syntax was checked with the definition.</summary>
    /// <param name="written">The string with its delimiters.</param>
    /// <param name="field">The field's location in the state.</param>
    /// <exception cref="ArgumentException">The text is not valid JSONata.</exception>
    public static AslExpression Parse(string written, string field)
    {
        string text = ExpressionText.Unwrap(written);
        return JsonataExpression.TryParse(text, out JsonataExpression? expression, out JsonataError? error)
            ? new(text, field, expression)
            : throw new ArgumentException(error.ToString(), nameof(written));
    }

    /// <summary>The value, or an error if the expression fails, matches nothing or returns a function.</summary>
    public Outcome<JsonValue> Evaluate(AslScope scope)
    {
        JsonataResult result = _expression.Evaluate(null, Bindings(scope), scope.Environment);
        if (result.Error is { } error)
        {
            return Failure(error.IsInternal ? $"threw an internal error during evaluation. {scope.Environment.Entropy.NextUuid()}"
                : error.IsBound ? $"threw an error during evaluation: {error.Message}" : $"threw an error during evaluation. {error}");
        }

        if (result.IsFunction)
        {
            return Failure("returned an unsupported result type.");
        }

        return result.Value is { } value ? value : Failure("returned nothing (undefined).");
    }

    /// <summary>The failure of a value that is not of the type that the field takes.</summary>
    public StatesError WrongType(string expected, JsonValue value) =>
        Failure($"returned an unexpected result type. Expected '{expected}', but was '{TypeOf(value)}' for value: {value}");

    /// <summary>The failure of a value that the field cannot use.</summary>
    public StatesError Failure(string what) =>
        new(ErrorNames.QueryEvaluationError, $"The JSONata expression '{Text}' specified for the field '{Field}' {what}") { EvaluationLocation = Field };

    private JsonataBindings Bindings(AslScope scope)
    {
        JsonataBindings bindings = JsonataBindings.Empty;
        foreach (string variable in _variables)
        {
            if (scope.Variables.Find(variable) is { } value)
            {
                bindings = bindings.With(variable, value);
            }
        }

        return _readsStates ? bindings.With(StatesVariable, scope.States(_readsContext)) : bindings;
    }

    private static string TypeOf(JsonValue value) => value.Kind switch
    {
        JsonKind.Object => "object",
        JsonKind.Array => "array",
        JsonKind.String => "string",
        JsonKind.Number => "number",
        JsonKind.Boolean => "boolean",
        _ => "null",
    };

    // A superset of the variables: names inside string literals match too, and are then not found.
    [GeneratedRegex(@"\$([\p{L}_][\p{L}\p{N}\p{M}_]*)", RegexOptions.CultureInvariant)]
    private static partial Regex VariableName();

    [GeneratedRegex(@"\$states(?!\s*\.\s*(?:input|result|errorOutput)\b)", RegexOptions.CultureInvariant)]
    private static partial Regex WholeStates();
}
