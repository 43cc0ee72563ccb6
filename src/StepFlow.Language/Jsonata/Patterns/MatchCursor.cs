namespace StepFlow.Language.Jsonata.Patterns;

/// <summary>
/// Enumerates the matches of a matcher: a regular expression, or a function with the same protocol (it returns
/// an object with match, start, end, groups and next).
/// </summary>
internal sealed class MatchCursor
{
    /// <summary>The memory of a match and its object, without its texts.</summary>
    private const int MatchBytes = 320;

    /// <summary>The memory of a group of a match.</summary>
    private const int GroupBytes = 64;

    private readonly Evaluator _evaluator;
    private readonly string _text;
    private readonly RegexFunction? _regex;
    private JsonataFunction? _next;
    private int _position;
    private bool _isLater;
    private JsonObject? _object;

    public MatchCursor(Evaluator evaluator, JsonataFunction matcher, string text)
    {
        _evaluator = evaluator;
        _text = text;
        _regex = matcher as RegexFunction;
        _next = _regex is null ? matcher : null;
    }

    /// <summary>Continues a regular expression after a match that ended at <paramref name="start"/>.</summary>
    public MatchCursor(Evaluator evaluator, RegexFunction regex, string text, int start)
        : this(evaluator, regex, text)
    {
        _position = start;
        _isLater = true;
    }

    public JsonValue Match { get; private set; } = JsonString.Empty;

    public string MatchText => (Match as JsonString)?.Value ?? string.Empty;

    public int Start { get; private set; }

    public int End { get; private set; }

    /// <summary>The texts of the groups; null for a group that did not take part.</summary>
    public JsonArray Groups { get; private set; } = JsonArray.Empty;

    public bool MoveNext()
    {
        bool found = _regex is null ? CallNext() : FindNext(_regex);
        _isLater = true;
        return found;
    }

    public JsonObject ToObject()
    {
        _evaluator.HoldsUnplain = true;
        return _object ?? JsonObject.Create(
            ("match", Match),
            ("start", JsonNumber.Create(Start)),
            ("end", JsonNumber.Create(End)),
            ("groups", Groups),
            ("next", new NextMatchFunction(_regex!, _text, _position)));
    }

    private bool FindNext(RegexFunction regex)
    {
        if (_isLater && _position >= _text.Length)
        {
            return false;
        }

        _evaluator.Charge(1);
        int[]? registers = regex.Pattern.Find(_evaluator, _text, _position);
        if (registers is null)
        {
            return false;
        }

        Start = registers[0];
        End = registers[1];
        if (_isLater && Start == End)
        {
            throw new JsonataException("D1004") { Position = regex.Position, Value = new JsonString(regex.Pattern.Source) };
        }

        _position = End;
        _evaluator.Reserve(MatchBytes + (GroupBytes * (long)regex.Pattern.GroupCount));
        _evaluator.ChargeText(End - Start);
        Match = new JsonString(_text[Start..End]);
        var groups = new JsonValue[regex.Pattern.GroupCount];
        for (int i = 0; i < groups.Length; i++)
        {
            int start = registers[(2 * i) + 2];
            int end = registers[(2 * i) + 3];
            groups[i] = start < 0 || end < 0 ? JsonValue.Null : _evaluator.Text(_text[start..end]);
        }

        Groups = JsonArray.Adopt(groups);
        return true;
    }

    private bool CallNext()
    {
        if (_next is null)
        {
            return false;
        }

        _evaluator.Charge(1);
        JsonValue? result = Sequence.End(
            _evaluator.Apply(_next, _isLater ? [null] : [new JsonString(_text)], JsonValue.Null), SequenceEnd.Unwrap);
        if (result is null)
        {
            return false;
        }

        _object = result as JsonObject;
        if (_object is null || !(_object["start"] is JsonNumber || Items.IsArray(_object["groups"]) || _object["next"] is JsonataFunction))
        {
            throw new JsonataException("T1010");
        }

        Match = _object["match"] ?? JsonString.Empty;
        Start = ToInt(_object["start"]);
        End = ToInt(_object["end"]);
        Groups = _object["groups"] as JsonArray ?? JsonArray.Empty;
        _next = _object["next"] as JsonataFunction;
        return true;
    }

    private static int ToInt(JsonValue? value) =>
        value is JsonNumber number ? (int)Math.Clamp(number.ToDouble(), int.MinValue, int.MaxValue) : 0;
}
