using System.Text;

namespace StepFlow.Language.JsonPath;

/// <summary>The value itself and everything in it, outermost first: <c>..</c>. The step after it is taken wherever it fits.</summary>
internal sealed class DeepScanSegment : PathSegment
{
    public static readonly DeepScanSegment Instance = new();

    private DeepScanSegment()
    {
    }

    public override bool Matches(JsonValue value, PathWalk walk) => false;

    public override void Collect(JsonValue value, int next, PathWalk walk)
    {
        if (!walk.IsUnderWay || !walk.Take(1))
        {
            return;
        }

        PathSegment target = walk.Segment(next);
        if (value is JsonArray items)
        {
            CollectItems(items, target, next, walk);
        }
        else if (value is JsonObject members)
        {
            if (target.Matches(value, walk))
            {
                walk.Continue(value, next);
            }

            foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
            {
                walk.Member(member.Value, next - 1, member.Key);
            }
        }
    }

    public override void AppendTo(StringBuilder text) => text.Append("..");

    private static void CollectItems(JsonArray items, PathSegment target, int next, PathWalk walk)
    {
        if (target.Matches(items, walk))
        {
            if (walk.IsEnd(next + 1))
            {
                walk.Continue(items, next);
            }
            else
            {
                // Jayway scans every item, including those that the segment does not select.
                for (int at = 0; at < items.Count; at++)
                {
                    walk.Item(items[at], next + 1, at);
                }
            }
        }

        for (int at = 0; at < items.Count; at++)
        {
            walk.Item(items[at], next - 1, at);
        }
    }
}
