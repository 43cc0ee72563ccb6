using StepFlow.Language.Definition;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace StepFlow.Service.DefinitionFiles;

/// <summary>Reads YAML into JSON values, by the core schema of YAML 1.2, with the positions of all parts.</summary>
public sealed class YamlReader
{
    /// <summary>The maximum number of values of a file. Otherwise anchors that refer to each other could fill the memory with a few lines.</summary>
    public const int MaxValues = 1_000_000;

    private const string MergeKey = "<<";

    private readonly YamlEvents _parser;
    private readonly Func<string, JsonValue, JsonValue?> _tags;
    private readonly bool _lastCounts;
    private readonly Dictionary<string, SourcePosition> _positions = [];
    private readonly Dictionary<string, (JsonValue Value, int Size)> _anchors = [];
    private int _values;
    private int _depth;

    private YamlReader(string text, Func<string, JsonValue, JsonValue?> tags, bool lastCounts)
    {
        _parser = new YamlEvents(new Parser(new StringReader(text)));
        _tags = tags;
        _lastCounts = lastCounts;
    }

    /// <summary>Reads a text that holds one document.</summary>
    /// <param name="tags">Returns the value of a tag (<c>!Ref</c>) from the tag and its content; null for an unknown tag. Null if there are no tags.</param>
    /// <param name="lastCounts">Whether of a name that is there twice the last counts, as CloudFormation has it; else that is an error.</param>
    /// <exception cref="YamlFormatException">The text is not YAML, or contains something that JSON cannot represent.</exception>
    public static SourceDocument Read(string text, Func<string, JsonValue, JsonValue?>? tags = null, bool lastCounts = false)
    {
        var reader = new YamlReader(text, tags ?? (static (_, _) => null), lastCounts);
        try
        {
            return new(reader.ReadDocument(), new(reader._positions));
        }
        catch (YamlException e)
        {
            throw new YamlFormatException(e.Message, Position(e.Start), e);
        }
    }

    private static SourcePosition Position(Mark mark) => new((int)mark.Line, (int)mark.Column);

    private static YamlFormatException Wrong(string reason, ParsingEvent at) => new(reason, Position(at.Start));

    private JsonValue ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out StreamEnd? end))
        {
            throw Wrong("The file is empty.", end);
        }

        _parser.Consume<DocumentStart>();
        JsonValue value = Read(string.Empty);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<DocumentStart>(out DocumentStart? second) ? throw Wrong("The file has a second document. Only one is allowed.", second) : value;
    }

    private JsonValue Read(string location)
    {
        if (++_depth > JsonParser.MaxDepth)
        {
            throw Wrong($"Values nest deeper than {JsonParser.MaxDepth}.", Peek());
        }

        ParsingEvent start = Peek();
        _positions.TryAdd(location, Position(start.Start));
        int before = _values;
        Count(1, start);
        JsonValue value = start switch
        {
            Scalar => ReadScalar(_parser.Consume<Scalar>()),
            SequenceStart => ReadSequence(_parser.Consume<SequenceStart>(), location),
            MappingStart => ReadMapping(_parser.Consume<MappingStart>(), location),
            AnchorAlias => ReadAlias(_parser.Consume<AnchorAlias>()),
            _ => throw Wrong("A value is missing.", start),
        };
        if (start is NodeEvent { Anchor: { IsEmpty: false } anchor })
        {
            _anchors[anchor.Value] = (value, _values - before);
        }

        _depth--;
        return value;
    }

    private ParsingEvent Peek() => _parser.Accept<ParsingEvent>(out ParsingEvent? next) ? next : throw new YamlFormatException("The file ends in the middle of a value.", new(1, 1));

    private void Count(int more, ParsingEvent at)
    {
        _values += more;
        if (_values > MaxValues)
        {
            throw Wrong($"The file expands to more than {MaxValues:N0} values.", at);
        }
    }

    private JsonValue ReadScalar(Scalar scalar)
    {
        if (!scalar.Tag.IsEmpty && !scalar.Tag.IsNonSpecific)
        {
            return scalar.Tag.Value switch
            {
                "tag:yaml.org,2002:str" => new JsonString(scalar.Value),
                "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float" or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:null" => Plain(scalar),
                _ => Tagged(scalar, new JsonString(scalar.Value)),
            };
        }

        return scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty ? Plain(scalar) : new JsonString(scalar.Value);
    }

    private static JsonValue Plain(Scalar scalar) => YamlScalar.Resolve(scalar.Value) ?? throw Wrong($"JSON cannot represent the number {scalar.Value}.", scalar);

    private JsonValue ReadSequence(SequenceStart start, string location)
    {
        var items = new List<JsonValue>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Read($"{location}[{items.Count}]"));
        }

        return Tagged(start, JsonArray.From(items));
    }

    private JsonValue ReadMapping(MappingStart start, string location)
    {
        var members = new JsonObjectBuilder();
        var merged = new List<JsonObject>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out Scalar? key))
            {
                throw Wrong("The name of a member must be a text.", Peek());
            }

            if (key.Value == MergeKey && key.Style == ScalarStyle.Plain)
            {
                merged.AddRange(Merged(key, Read($"{location}/{MergeKey}")));
                continue;
            }

            if (!_lastCounts && members.Find(key.Value) is not null)
            {
                throw Wrong($"The name {key.Value} is used twice.", key);
            }

            string member = $"{location}/{key.Value}";
            _positions.TryAdd(member, Position(key.Start));
            members.Set(key.Value, Read(member));
        }

        foreach ((string name, JsonValue value) in merged.SelectMany(static one => one).Where(one => members.Find(one.Key) is null))
        {
            members.Set(name, value);
        }

        return Tagged(start, members.Build());
    }

    private static IEnumerable<JsonObject> Merged(Scalar key, JsonValue value) => value switch
    {
        JsonObject one => [one],
        JsonArray several when several.All(static one => one is JsonObject) => several.Cast<JsonObject>(),
        _ => throw Wrong("<< takes a mapping, or a list of mappings.", key),
    };

    private JsonValue ReadAlias(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out (JsonValue Value, int Size) anchored))
        {
            throw Wrong($"There is no anchor &{alias.Value.Value} before this alias.", alias);
        }

        Count(anchored.Size, alias);
        return anchored.Value;
    }

    private JsonValue Tagged(NodeEvent node, JsonValue value) =>
        node.Tag.IsEmpty || node.Tag.IsNonSpecific || node.Tag.Value is "tag:yaml.org,2002:map" or "tag:yaml.org,2002:seq"
            ? value
            : _tags(node.Tag.Value, value) ?? throw Wrong($"The tag {node.Tag.Value} is not supported.", node);
}
