using System.Diagnostics.CodeAnalysis;
using System.Text;
using StepFlow.Language.Evaluation;

namespace StepFlow.Language.JsonPath;

/// <summary>
/// A JSONPath, parsed once: members, indices, slices, unions, wildcards, deep scan, filters (Amazon States Language,
/// "Paths"). Immutable. Its meaning is that of Jayway's JsonPath 2.0.0, as Step Functions has it: no functions, no negative
/// indices, several names only at the end.
/// </summary>
/// <remarks>
/// A definite path selects one value or none. An indefinite one gives an array, empty where nothing matches. It fails where
/// its last step leads to nothing in an item that no wildcard passes over, where a step does not fit, and where it would
/// have to look at more than <see cref="PathBudget.MaxVisits"/> values.
/// </remarks>
public sealed class PathExpression
{
    /// <summary>The path <c>$</c>.</summary>
    public static readonly PathExpression Root = new("$", PathRoot.Input, null, []);

    private readonly PathSegment[] _segments;
    private readonly bool _isChain;

    internal PathExpression(string text, PathRoot origin, string? variable, PathSegment[] segments)
    {
        Text = text;
        Origin = origin;
        Variable = variable;
        _segments = segments;
        _isChain = true;
        foreach (PathSegment segment in segments)
        {
            _isChain &= segment.IsDefinite;
        }
    }

    /// <summary>The path as written.</summary>
    public string Text { get; }

    /// <summary>What the path starts from.</summary>
    public PathRoot Origin { get; }

    /// <summary>The variable's name without the dollar sign; null unless <see cref="Origin"/> is <see cref="PathRoot.Variable"/>.</summary>
    public string? Variable { get; }

    /// <summary>Whether the path selects at most one value.</summary>
    public bool IsDefinite => _isChain;

    /// <summary>Whether this is <c>$</c> itself.</summary>
    public bool IsRoot => Origin == PathRoot.Input && _segments.Length == 0;

    internal ReadOnlySpan<PathSegment> Segments => _segments;

    /// <summary>Reads a path.</summary>
    /// <param name="error">What is wrong with the text.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PathExpression? path, [NotNullWhen(false)] out string? error) =>
        PathParser.TryParse(text, out path, out error, out _);

    /// <inheritdoc cref="TryParse(string, out PathExpression?, out string?)"/>
    /// <param name="error">What is wrong with the text.</param>
    /// <param name="position">Where it was noticed: the character's index, or the length at the end.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PathExpression? path, [NotNullWhen(false)] out string? error, out int position) =>
        PathParser.TryParse(text, out path, out error, out position);

    /// <summary>What the path selects; null where a definite path selects nothing, or an indefinite one looks at too much.</summary>
    /// <param name="scope">Where the context object and the variables come from.</param>
    /// <param name="input">What <c>$</c> stands for.</param>
    public JsonValue? Find(StateScope scope, JsonValue input) => StartOf(scope, input) is { } start ? Find(start) : null;

    /// <summary>What the path selects in the value it starts from, whatever its origin.</summary>
    public JsonValue? Find(JsonValue root) => Find(root, new());

    /// <summary>The same within the budget of a path that this one stands in.</summary>
    internal JsonValue? Find(JsonValue root, PathBudget budget) => _isChain ? Follow(root) : Collect(root, budget, null).ToArray();

    /// <summary>Why <see cref="Find(StateScope, JsonValue)"/> gave nothing, as Jayway says it.</summary>
    public string Explain(StateScope scope, JsonValue input) => Explain(scope, input, out _);

    /// <inheritdoc cref="Explain(StateScope, JsonValue)"/>
    /// <param name="scope">Where the context object and the variables come from.</param>
    /// <param name="input">What <c>$</c> stands for.</param>
    /// <param name="isInvalid">Whether the path cannot be applied to the document, rather than leading to nothing in it.</param>
    public string Explain(StateScope scope, JsonValue input, out bool isInvalid)
    {
        isInvalid = false;
        if (StartOf(scope, input) is not { } value)
        {
            return string.Format(null, PathErrors.NoResults, $"${Variable}");
        }

        (PathFault fault, string message) = _isChain ? ExplainChain(value) : ExplainWalk(value);
        isInvalid = fault == PathFault.Invalid;
        return message;
    }

    public override string ToString() => Text;

    private JsonValue? StartOf(StateScope scope, JsonValue input) => Origin switch
    {
        PathRoot.Input => input,
        PathRoot.Context => scope.Context,
        _ => scope.Variables.Find(Variable!),
    };

    private JsonValue? Follow(JsonValue root)
    {
        JsonValue? value = root;
        foreach (PathSegment segment in _segments)
        {
            value = segment.Step(value);
            if (value is null)
            {
                return null;
            }
        }

        return value;
    }

    private PathWalk Collect(JsonValue root, PathBudget budget, StringBuilder? path)
    {
        var walk = new PathWalk(root, _segments, budget, path);
        walk.Continue(root, 0);
        return walk;
    }

    private (PathFault Fault, string Message) ExplainChain(JsonValue value)
    {
        var path = new StringBuilder("$");
        for (int i = 0; i < _segments.Length; i++)
        {
            PathSegment segment = _segments[i];
            if (segment.Step(value) is not { } next)
            {
                return segment.Explain(path.ToString(), value, isLeaf: i == _segments.Length - 1, PathWalk.Rest(_segments, i));
            }

            segment.AppendTo(path);
            value = next;
        }

        return (PathFault.None, string.Format(null, PathErrors.NoResults, path.ToString()));
    }

    private (PathFault Fault, string Message) ExplainWalk(JsonValue value)
    {
        PathWalk walk = Collect(value, new(), new("$"));
        return (walk.Fault, walk.Message ?? string.Format(null, PathErrors.NoResults, Text));
    }
}
