using StepFlow.Language.Json;

namespace StepFlow.Language.JsonPath;

/// <summary>The value itself and everything in it, outermost first: <c>..</c>.</summary>
internal sealed class DeepScanSegment : PathSegment
{
    public static readonly DeepScanSegment Instance = new();

    private DeepScanSegment()
    {
    }

    public override void Collect(JsonValue value, int next, PathWalk walk)
    {
        walk.Continue(value, next);
        if (walk.Budget.IsSpent)
        {
            return;
        }

        if (value is JsonArray items)
        {
            foreach (JsonValue item in items.AsSpan())
            {
                Collect(item, next, walk);
            }
        }
        else if (value is JsonObject members)
        {
            foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
            {
                Collect(member.Value, next, walk);
            }
        }
    }
}
