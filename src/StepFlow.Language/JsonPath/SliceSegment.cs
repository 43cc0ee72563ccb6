using System.Text;

namespace StepFlow.Language.JsonPath;

/// <summary>
/// A range of items: <c>[1:]</c>, <c>[:2]</c>, <c>[1:5]</c>. A single bound may count from the end, <c>[-2:]</c>; of two
/// bounds neither does.
/// </summary>
internal sealed class SliceSegment(int? from, int? to) : ArraySegment
{
    public override void AppendTo(StringBuilder text) => text.Append('[').Append(from).Append(':').Append(to).Append(']');

    protected override void Collect(JsonArray items, int next, PathWalk walk)
    {
        int count = items.Count;
        int start = from is null ? 0 : to is null ? Math.Max(0, Bound(from.Value, count)) : from.Value;
        int end = Math.Min(count, to is null ? count : from is null ? Bound(to.Value, count) : to.Value);
        for (int at = start; at < end && walk.IsUnderWay; at++)
        {
            Follow(items, at, next, walk);
        }
    }

    private static int Bound(int index, int count) => index < 0 ? count + index : index;
}
