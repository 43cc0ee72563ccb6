using System.Globalization;
using System.Text;
using StepFlow.Language.Json;

namespace StepFlow.Language.JsonPath;

/// <summary>An item by its index: <c>[0]</c>, or from the end <c>[-1]</c>.</summary>
internal sealed class IndexSegment(int index) : PathSegment
{
    public int Index { get; } = index;

    public override bool IsDefinite => true;

    public override JsonValue? Step(JsonValue value)
    {
        if (value is not JsonArray items)
        {
            return null;
        }

        int at = Index < 0 ? items.Count + Index : Index;
        return (uint)at < (uint)items.Count ? items[at] : null;
    }

    public override void Collect(JsonValue value, int next, PathWalk walk)
    {
        if (Step(value) is { } item)
        {
            walk.Continue(item, next);
        }
    }

    public override string Explain(string place, JsonValue value, bool isLeaf)
    {
        string segment = string.Create(CultureInfo.InvariantCulture, $"[{Index}]");
        return value switch
        {
            JsonArray => string.Format(null, PathErrors.NoResults, place + segment),
            JsonNull => string.Format(null, PathErrors.PathIsNull, place),
            _ => string.Format(null, PathErrors.NotAnArray, segment, PathErrors.Shown(value)),
        };
    }

    public override void AppendTo(StringBuilder place) => place.Append('[').Append(Index).Append(']');
}
