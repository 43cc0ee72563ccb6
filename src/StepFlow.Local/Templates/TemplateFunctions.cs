using System.Text.RegularExpressions;

namespace StepFlow.Local.Templates;

/// <summary>
/// CloudFormation's intrinsic functions (CloudFormation User Guide, "Intrinsic function reference"). References to resources become
/// their names. A value that is only known after creation becomes a name, and a decision for the user.
/// </summary>
internal sealed partial class TemplateFunctions
{
    private const int MaxDepth = 200;

    private readonly JsonObject _template;
    private readonly IReadOnlyDictionary<string, string> _parameters;
    private readonly string _stack;
    private readonly List<string> _decisions = [];
    private int _depth;

    /// <param name="parameters">Values of its Parameters; those without one have their default.</param>
    /// <param name="stack">The stack's name.</param>
    public TemplateFunctions(JsonObject template, IReadOnlyDictionary<string, string> parameters, string stack)
    {
        _template = template;
        _parameters = parameters;
        _stack = stack;
        Names = new(template["Resources"] as JsonObject ?? JsonObject.Empty, Resolve);
    }

    public JsonObject Template => _template;

    /// <summary>The names of the resources.</summary>
    public CloudNames Names { get; }

    /// <summary>The decisions for the user, each once.</summary>
    public IEnumerable<string> Decisions => _decisions.Distinct();

    /// <summary>The function of a tag of YAML's short form; null for a tag that is not of CloudFormation.</summary>
    public static JsonValue? FromTag(string tag, JsonValue value) => tag.Length > 1 && tag[0] == '!'
        ? tag[1..] switch
        {
            "Ref" or "Condition" => JsonObject.Create((tag[1..], value)),
            "GetAtt" when value is JsonString { Value: var text } => JsonObject.Create(("Fn::GetAtt", JsonArray.From(text.Split('.', 2).Select(static part => (JsonValue)part)))),
            _ => JsonObject.Create(("Fn::" + tag[1..], value)),
        }
        : null;

    /// <summary>Resolves all functions in a value.</summary>
    public JsonValue Resolve(JsonValue value) => ResolveOrNothing(value) ?? JsonValue.Null;

    /// <summary>Whether a resource is created: by its Condition.</summary>
    public bool IsCreated(JsonObject resource) => resource["Condition"] is not JsonString { Value: var condition } || Holds(condition);

    private static string Text(JsonValue value) => value switch
    {
        JsonString text => text.Value,
        JsonNull => string.Empty,
        JsonArray items => string.Join(",", items.Select(Text)),
        _ => value.ToString(),
    };

    private JsonValue? ResolveOrNothing(JsonValue value)
    {
        if (++_depth > MaxDepth)
        {
            _depth--;
            Note("The template has circular references. They were not replaced.");
            return value;
        }

        try
        {
            return value switch
            {
                JsonObject { Count: 1 } call when Call(call.First()) is { } result => result.Value,
                JsonObject members => members.Select(member => (member.Key, Value: ResolveOrNothing(member.Value))).Where(static member => member.Value is not null)
                    .Aggregate(new JsonObjectBuilder(members.Count), static (builder, member) => builder.Set(member.Key, member.Value!)).Build(),
                JsonArray items => JsonArray.From(items.Select(ResolveOrNothing).OfType<JsonValue>()),
                _ => value,
            };
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>The result of a function; a null value is AWS::NoValue. Null if it is not a function.</summary>
    private (JsonValue? Value, bool IsCall)? Call(KeyValuePair<string, JsonValue> call) => call.Key switch
    {
        "Ref" when call.Value is JsonString { Value: var id } => id == "AWS::NoValue" ? (null, true) : (Ref(id), true),
        "Fn::GetAtt" => (GetAttribute(call.Value), true),
        "Fn::Sub" => (Substitute(call.Value), true),
        "Fn::Join" when Arguments(call.Value) is [var separator, JsonArray parts] => (string.Join(Text(separator), parts.Select(Text)), true),
        "Fn::Split" when Arguments(call.Value) is [var separator, var text] => (JsonArray.From(Text(text).Split(Text(separator)).Select(static part => (JsonValue)part)), true),
        "Fn::Select" when Arguments(call.Value) is [var index, JsonArray items] && int.TryParse(Text(index), out int at) => (at >= 0 && at < items.Count ? items[at] : string.Empty, true),
        "Fn::If" when call.Value is JsonArray { Count: 3 } choice && choice[0] is JsonString { Value: var condition } => (ResolveOrNothing(Holds(condition) ? choice[1] : choice[2]), true),
        "Fn::FindInMap" => (FindInMap(call.Value), true),
        "Fn::Base64" => (Resolve(call.Value), true),
        "Fn::ToJsonString" => (Resolve(call.Value).ToString(), true),
        "Fn::Length" when Resolve(call.Value) is JsonArray items => (items.Count, true),
        "Fn::GetAZs" => (JsonArray.Create(CloudNames.Region + "a", CloudNames.Region + "b", CloudNames.Region + "c"), true),
        "Fn::ImportValue" => (Unknown(Text(Resolve(call.Value)), "is exported by another stack"), true),
        "Fn::Transform" or "Fn::Cidr" or "Fn::GetStackOutput" => (Unknown(call.Key, "can be evaluated by CloudFormation only"), true),
        _ => null,
    };

    private JsonArray? Arguments(JsonValue value) => Resolve(value) as JsonArray;

    private JsonValue Ref(string id)
    {
        if (id.StartsWith("AWS::", StringComparison.Ordinal))
        {
            return Pseudo(id);
        }

        if ((_template["Parameters"] as JsonObject)?[id] is JsonObject parameter)
        {
            return _parameters.TryGetValue(id, out string? given) ? given
                : parameter["Default"] is { } standard ? ((parameter.Text("Type")?.StartsWith("List<", StringComparison.Ordinal) ?? false) || parameter.Text("Type") == "CommaDelimitedList"
                    ? JsonArray.From(Text(standard).Split(',').Select(static part => (JsonValue)part.Trim())) : Text(standard))
                : Unknown(id, $"is a parameter without a default: set it with --substitute {id}=VALUE");
        }

        return Names.Has(id) ? Names.Ref(id) : Unknown(id, "is neither a parameter nor a resource of the template");
    }

    private JsonString Pseudo(string id) => new(id switch
    {
        "AWS::Region" => CloudNames.Region,
        "AWS::AccountId" => CloudNames.Account,
        "AWS::Partition" => "aws",
        "AWS::URLSuffix" => "amazonaws.com",
        "AWS::StackName" => _stack,
        "AWS::StackId" => $"arn:aws:cloudformation:{CloudNames.Region}:{CloudNames.Account}:stack/{_stack}/00000000-0000-0000-0000-000000000000",
        _ => id,
    });

    private JsonValue GetAttribute(JsonValue argument)
    {
        string[] parts = argument is JsonArray list ? [.. list.Select(one => Text(Resolve(one)))] : Text(argument).Split('.', 2);
        return parts is [var id, var attribute] ? Attribute(id, attribute) : Unknown(Text(argument), "is not an attribute of a resource");
    }

    private JsonValue Attribute(string id, string attribute) =>
        !Names.Has(id) ? Unknown($"{id}.{attribute}", $"refers to {id}, which the template does not define")
        : Names.Attribute(id, attribute) is { } value ? value
        : Unknown($"{id}.{attribute}", "is known only once the resource exists");

    private JsonValue Substitute(JsonValue argument)
    {
        (JsonValue pattern, JsonObject? values) = argument is JsonArray { Count: 2 } both ? (both[0], both[1] as JsonObject) : (argument, null);
        return Variable().Replace(Text(pattern), match =>
        {
            string name = match.Groups["name"].Value.Trim();
            return name.StartsWith('!') ? $"${{{name[1..]}}}"
                : values?[name] is { } value ? Text(Resolve(value))
                : name.Contains('.', StringComparison.Ordinal) ? Text(GetAttribute(name))
                : Text(Ref(name));
        });
    }

    private JsonValue FindInMap(JsonValue argument) =>
        Arguments(argument) is [var map, var first, var second, ..]
            && ((((_template["Mappings"] as JsonObject)?[Text(map)] as JsonObject)?[Text(first)] as JsonObject)?[Text(second)] is { } found)
            ? found
            : Unknown(argument.ToString(), "is in no map of the template");

    private bool Holds(string condition) => (_template["Conditions"] as JsonObject)?[condition] is { } rule && Evaluate(rule);

    private bool Evaluate(JsonValue rule) => rule is JsonObject { Count: 1 } call && call.First() is var (name, argument) && (name, argument) switch
    {
        ("Condition", JsonString { Value: var other }) => Holds(other),
        ("Fn::Equals", _) when Arguments(argument) is [var left, var right] => Text(left) == Text(right),
        ("Fn::And", JsonArray all) => all.All(Evaluate),
        ("Fn::Or", JsonArray any) => any.Any(Evaluate),
        ("Fn::Not", JsonArray { Count: 1 } not) => !Evaluate(not[0]),
        _ => false,
    };

    private JsonString Unknown(string name, string reason)
    {
        Note($"{name} {reason}.");
        return new(name);
    }

    private void Note(string decision) => _decisions.Add(decision);

    [GeneratedRegex(@"\$\{(?<name>[^}]+)\}")]
    private static partial Regex Variable();
}
