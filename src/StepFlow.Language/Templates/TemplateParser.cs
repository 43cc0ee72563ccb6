using StepFlow.Language.Intrinsics;

namespace StepFlow.Language.Templates;

/// <summary>Reads payload templates; collects every error.</summary>
internal sealed class TemplateParser
{
    private const string ExpressionSuffix = ".$";

    private readonly List<TemplateError> _errors = [];

    public IReadOnlyList<TemplateError> Errors => _errors;

    public TemplateNode Parse(JsonValue source) => Parse(source, string.Empty);

    private TemplateNode Parse(JsonValue source, string location) => source switch
    {
        JsonObject members => ParseObject(members, location),
        JsonArray items => ParseArray(items, location),
        _ => new TemplateConstant(source),
    };

    private TemplateNode ParseArray(JsonArray items, string location)
    {
        var nodes = new TemplateNode[items.Count];
        bool isConstant = true;
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = Parse(items[i], $"{location}[{i}]");
            isConstant &= nodes[i] is TemplateConstant;
        }

        return isConstant ? new TemplateConstant(items) : new TemplateArray(nodes);
    }

    private TemplateNode ParseObject(JsonObject members, string location)
    {
        var names = new string[members.Count];
        var nodes = new TemplateNode[members.Count];
        var distinct = new HashSet<string>(members.Count, StringComparer.Ordinal);
        bool isConstant = true;
        for (int i = 0; i < nodes.Length; i++)
        {
            (string name, JsonValue value) = members.AsSpan()[i];
            if (name.EndsWith(ExpressionSuffix, StringComparison.Ordinal))
            {
                names[i] = name[..^ExpressionSuffix.Length];
                nodes[i] = ParseExpression(name, value, location);
            }
            else
            {
                names[i] = name;
                nodes[i] = Parse(value, $"{location}/{name}");
            }

            isConstant &= nodes[i] is TemplateConstant;
            if (!distinct.Add(names[i]))
            {
                _errors.Add(new(location, name, $"The member '{names[i]}' is given twice.") { IsDuplicate = true });
            }
        }

        return isConstant ? new TemplateConstant(members) : Order(members, names, nodes);
    }

    /// <summary>First the literal members in the order as written, then the expressions in the order of a hash map.</summary>
    private static TemplateObject Order(JsonObject members, string[] names, TemplateNode[] nodes)
    {
        string[] expressionNames = [.. names.Where((_, i) => IsExpression(members, i))];
        TemplateNode[] expressions = [.. nodes.Where((_, i) => IsExpression(members, i))];
        HashMapOrder.Sort(expressionNames, expressions);
        return new(
            [.. names.Where((_, i) => !IsExpression(members, i)), .. expressionNames],
            [.. nodes.Where((_, i) => !IsExpression(members, i)), .. expressions]);
    }

    private static bool IsExpression(JsonObject members, int index) =>
        members.AsSpan()[index].Key.EndsWith(ExpressionSuffix, StringComparison.Ordinal);

    private TemplateNode ParseExpression(string field, JsonValue source, string location)
    {
        if (source is JsonString { Value: var text })
        {
            if (ValueExpression.TryParse(text, out ValueExpression? expression, out string? error))
            {
                return new ExpressionNode(field, expression);
            }

            _errors.Add(new(location, field, error));
        }
        else
        {
            _errors.Add(new(location, field, "An expression is a string."));
        }

        return new TemplateConstant(source);
    }
}
