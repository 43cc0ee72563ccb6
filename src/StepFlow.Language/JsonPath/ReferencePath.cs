using System.Diagnostics.CodeAnalysis;

namespace StepFlow.Language.JsonPath;

/// <summary>A path of members and indices only, which names one location (Amazon States Language, "Reference Paths"). A ResultPath is one.</summary>
public sealed class ReferencePath
{
    /// <summary>The path <c>$</c>.</summary>
    public static readonly ReferencePath Root = new("$", []);

    private readonly PathSegment[] _segments;

    private ReferencePath(string text, PathSegment[] segments)
    {
        Text = text;
        _segments = segments;
    }

    /// <summary>The path as written.</summary>
    public string Text { get; }

    /// <summary>Whether this is <c>$</c> itself.</summary>
    public bool IsRoot => _segments.Length == 0;

    /// <summary>The names of the members; null for a path with indices.</summary>
    internal IReadOnlyList<string>? Names => Array.TrueForAll(_segments, segment => segment is MemberSegment)
        ? [.. _segments.Select(segment => ((MemberSegment)segment).Name)]
        : null;

    /// <summary>Reads a reference path that starts with <c>$</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ReferencePath? path, [NotNullWhen(false)] out string? error)
    {
        path = null;
        if (!PathExpression.TryParse(text, out PathExpression? expression, out error))
        {
            return false;
        }

        if (expression.Origin != PathRoot.Input)
        {
            error = PathSyntax.NotAReference;
            return false;
        }

        foreach (PathSegment segment in expression.Segments)
        {
            // In other paths a name can look like a function. In a reference path neither is allowed.
            if (segment is MemberSegment { Name: var name } && name.EndsWith("()", StringComparison.Ordinal))
            {
                error = PathSyntax.NotAReference;
                return false;
            }

            if (segment is not (MemberSegment or IndexSegment { Index: >= 0, IsFromEnd: false }))
            {
                error = PathSyntax.NotAReference;
                return false;
            }
        }

        path = new(text, expression.Segments.ToArray());
        return true;
    }

    /// <summary>
    /// A copy of the document with the value set. Missing objects on the path are created. Null if the path
    /// cannot be applied: a member of a value that is not an object, or an item of a value that is not an array or beyond its end.
    /// </summary>
    public JsonValue? Put(JsonValue document, JsonValue value) => Put(document, value, 0);

    public override string ToString() => Text;

    private JsonValue? Put(JsonValue? target, JsonValue value, int depth)
    {
        if (depth == _segments.Length)
        {
            return value;
        }

        if (_segments[depth] is MemberSegment member)
        {
            if (target is not null and not JsonObject)
            {
                return null;
            }

            var members = (JsonObject?)target ?? JsonObject.Empty;
            return Put(members[member.Name], value, depth + 1) is { } changed ? members.With(member.Name, changed) : null;
        }

        int index = ((IndexSegment)_segments[depth]).Index;
        return target is JsonArray items && index < items.Count && Put(items[index], value, depth + 1) is { } item
            ? items.With(index, item)
            : null;
    }
}
