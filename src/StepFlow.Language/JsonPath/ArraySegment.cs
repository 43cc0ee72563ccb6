namespace StepFlow.Language.JsonPath;

/// <summary>A step that only arrays have: an index, several, or a slice.</summary>
internal abstract class ArraySegment : PathSegment
{
    public sealed override bool Matches(JsonValue value, PathWalk walk) => value is JsonArray;

    public sealed override void Collect(JsonValue value, int next, PathWalk walk)
    {
        if (value is JsonArray items)
        {
            Collect(items, next, walk);
        }
        else
        {
            Fail(value, next, walk);
        }
    }

    protected abstract void Collect(JsonArray items, int next, PathWalk walk);

    /// <summary>Follows an item; one that is not there fails the path.</summary>
    protected static void Follow(JsonArray items, int at, int next, PathWalk walk)
    {
        if ((uint)at < (uint)items.Count)
        {
            walk.Item(items[at], next, at);
        }
        else
        {
            Fail(at, walk);
        }
    }

    /// <summary>The failure of a segment that is applied to a value that is not an array.</summary>
    protected static (PathFault Fault, string Message) NoArray(string path, JsonValue value, string rest) => value is JsonNull
        ? (PathFault.NotFound, string.Format(null, PathErrors.PathIsNull, path))
        : (PathFault.Invalid, string.Format(null, PathErrors.NotAnArray, rest, PathErrors.Shown(value)));

    private static void Fail(JsonValue value, int next, PathWalk walk) => walk.Fail(
        value is JsonNull ? PathFault.NotFound : PathFault.Invalid,
        path => NoArray(path, value, walk.Rest(next - 1)).Message);

    private static void Fail(int at, PathWalk walk) =>
        walk.Fail(PathFault.NotFound, path => string.Format(null, PathErrors.OutOfBounds, $"{path}[{at}]"));
}
