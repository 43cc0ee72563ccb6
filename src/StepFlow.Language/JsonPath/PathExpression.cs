using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace StepFlow.Language.JsonPath;

/// <summary>
/// A JSONPath, parsed once: members, indices, slices, unions, wildcards, deep scan, filters (Amazon States Language,
/// "Paths"). Immutable. It has the semantics of Jayway's JsonPath 2.0.0, as in Step Functions: no functions, no negative
/// indices, and several names only in the last segment.
/// </summary>
/// <remarks>
/// A definite path selects one value or none. An indefinite path gives an array, which is empty if nothing matches. It fails if
/// its last segment selects nothing in an item that no wildcard ignores, if a segment cannot be applied, or if it would
/// visit more than <see cref="PathBudget.MaxVisits"/> values.
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

    public PathRoot Origin { get; }

    /// <summary>The variable's name without the dollar sign; null unless <see cref="Origin"/> is <see cref="PathRoot.Variable"/>.</summary>
    public string? Variable { get; }

    /// <summary>Whether the path selects at most one value.</summary>
    public bool IsDefinite => _isChain;

    /// <summary>Whether this is <c>$</c> itself.</summary>
    public bool IsRoot => Origin == PathRoot.Input && _segments.Length == 0;

    internal ReadOnlySpan<PathSegment> Segments => _segments;

    /// <summary>Reads a path.</summary>
    /// <param name="error">The problem of the text.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PathExpression? path, [NotNullWhen(false)] out string? error) =>
        PathParser.TryParse(text, out path, out error, out _);

    /// <inheritdoc cref="TryParse(string, out PathExpression?, out string?)"/>
    /// <param name="error">The problem of the text.</param>
    /// <param name="position">The position of the problem: the index of a character, or the length for the end.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PathExpression? path, [NotNullWhen(false)] out string? error, out int position) =>
        PathParser.TryParse(text, out path, out error, out position);

    /// <summary>The selected value; null if a definite path selects nothing, or an indefinite one visits too many values.</summary>
    /// <param name="scope">The source of the context object and the variables.</param>
    public JsonValue? Find(StateScope scope, JsonValue input) =>
        StartOf(scope, input) is { } start ? (_isChain ? Follow(start) : Collect(start, new(scope.Steps), null).ToArray()) : null;

    /// <summary>The value that the path selects in a given root.</summary>
    public JsonValue? Find(JsonValue root) => _isChain ? Follow(root) : Collect(root, new(), null).ToArray();

    /// <summary>The same, within the budget of the path whose filter contains this one.</summary>
    internal JsonValue? Find(JsonValue root, PathBudget budget) => _isChain ? Follow(root) : Collect(root, budget, null).ToArray();

    /// <summary>Why <see cref="Find(StateScope, JsonValue)"/> returned null, in the words of Jayway.</summary>
    public string Explain(StateScope scope, JsonValue input) => Explain(scope, input, out _);

    /// <inheritdoc cref="Explain(StateScope, JsonValue)"/>
    /// <param name="scope">The source of the context object and the variables.</param>
    /// <param name="isInvalid">Whether the path cannot be applied to the document, rather than leading to nothing in it.</param>
    public string Explain(StateScope scope, JsonValue input, out bool isInvalid)
    {
        isInvalid = false;
        if (StartOf(scope, input) is not { } value)
        {
            return string.Format(null, PathErrors.NoResults, $"${Variable}");
        }

        (PathFault fault, string message) = _isChain ? ExplainChain(value) : ExplainWalk(value, new(scope.Steps));
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

    private (PathFault Fault, string Message) ExplainWalk(JsonValue value, PathBudget budget)
    {
        PathWalk walk = Collect(value, budget, new("$"));
        return (walk.Fault, walk.Message ?? string.Format(null, PathErrors.NoResults, Text));
    }
}
