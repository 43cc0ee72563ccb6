using System.Text.RegularExpressions;
using StepFlow.Language.Jsonata.Asl;
using StepFlow.Language.Validation;

namespace StepFlow.Language.Loading;

/// <summary>The variables that the states of a machine read (API field <c>variableReferences</c> of DescribeStateMachine).</summary>
public static partial class VariableReferences
{
    private const string Suffix = ".$";

    /// <summary>The variables by state, without <c>$</c>, each once; states that read none are left out.</summary>
    /// <param name="definition">The machine's definition.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(JsonValue definition)
    {
        var references = new Dictionary<string, IReadOnlyList<string>>();
        if (DefinitionParser.ParseMachine(definition, new DiagnosticBag()) is not { } machine)
        {
            return references;
        }

        foreach (State state in StateTree.All(machine.Graph))
        {
            string[] names = [.. (state.QueryLanguage == QueryLanguage.JsonPath ? InPaths(state) : InExpressions(state)).Distinct()];
            if (names.Length != 0)
            {
                references.TryAdd(state.Name, names);
            }
        }

        return references;
    }

    private static IEnumerable<string> InExpressions(State state) => JsonataFields.Of(state)
        .Where(field => ExpressionText.IsExpression(field.Text))
        .SelectMany(field => ExpressionReferences.Of(ExpressionText.Unwrap(field.Text), out _).Variables);

    private static IEnumerable<string> InPaths(State state) => state.Source
        .Where(field => field.Key is not ("Comment" or "Result" or "States" or "Branches" or "ItemProcessor" or "Iterator"))
        .SelectMany(field => InField(field.Key, field.Value));

    /// <summary>Paths are in fields whose names end in <c>Path</c> or <c>.$</c>, and in a Choice's <c>Variable</c>.</summary>
    private static IEnumerable<string> InField(string name, JsonValue value) => value switch
    {
        JsonString { Value: var text } when IsEvaluated(name) => Variables(text),
        JsonObject members => members.SelectMany(member => InField(member.Key, member.Value)),
        JsonArray items => items.SelectMany(item => item is JsonString ? [] : InField(string.Empty, item)),
        _ => [],
    };

    private static bool IsEvaluated(string field) =>
        field == "Variable" || field.EndsWith("Path", StringComparison.Ordinal) || field.EndsWith(Suffix, StringComparison.Ordinal);

    private static IEnumerable<string> Variables(string text) =>
        Token().Matches(text).Where(match => match.Groups[1].Success).Select(match => match.Groups[1].Value);

    // A text in quotes is passed over; $$ is the context object and $ alone the input.
    [GeneratedRegex(@"'(?:\\.|[^'\\])*'|\$\$|\$([\p{L}_][\p{L}\p{N}\p{M}_]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
