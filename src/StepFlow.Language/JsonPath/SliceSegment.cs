using StepFlow.Language.Json;

namespace StepFlow.Language.JsonPath;

/// <summary>A range of items: <c>[1:]</c>, <c>[:2]</c>, <c>[1:5]</c>, <c>[-2:]</c>.</summary>
internal sealed class SliceSegment(int? from, int? to) : PathSegment
{
    public override void Collect(JsonValue value, int next, PathWalk walk)
    {
        if (value is not JsonArray items)
        {
            return;
        }

        int count = items.Count;
        int start = Math.Max(0, Bound(from ?? 0, count));
        int end = Math.Min(count, Bound(to ?? count, count));
        for (int i = start; i < end; i++)
        {
            walk.Continue(items[i], next);
        }
    }

    private static int Bound(int index, int count) => index < 0 ? count + index : index;
}
