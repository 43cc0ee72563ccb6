using System.Globalization;
using System.Text;

namespace StepFlow.Language.JsonPath;

/// <summary>An item by its index, <c>[0]</c>, or from the end, <c>[(@.length-1)]</c>. Negative indices such as <c>[-1]</c> select nothing.</summary>
/// <param name="index">The index; where it counts from the end, -1 for the last.</param>
/// <param name="fromEnd">Whether it counts from the end.</param>
internal sealed class IndexSegment(int index, bool fromEnd = false) : ArraySegment
{
    public int Index { get; } = index;

    public bool IsFromEnd { get; } = fromEnd;

    public override bool IsDefinite => true;

    public override JsonValue? Step(JsonValue value)
    {
        if (value is not JsonArray items)
        {
            return null;
        }

        int at = Position(items);
        return (uint)at < (uint)items.Count ? items[at] : null;
    }

    public override (PathFault Fault, string Message) Explain(string path, JsonValue value, bool isLeaf, string rest) => value is JsonArray items
        ? (PathFault.NotFound, string.Format(null, PathErrors.OutOfBounds, string.Create(CultureInfo.InvariantCulture, $"{path}[{Position(items)}]")))
        : NoArray(path, value, rest);

    public override void AppendTo(StringBuilder text) => text.Append(IsFromEnd ? "[@.size()" : "[").Append(Index).Append(']');

    protected override void Collect(JsonArray items, int next, PathWalk walk) => Follow(items, Position(items), next, walk);

    private int Position(JsonArray items) => IsFromEnd ? items.Count + Index : Index;
}
