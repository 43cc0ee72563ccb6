using StepFlow.Language.Json;

namespace StepFlow.Language.JsonPath;

/// <summary>Every member or item: <c>.*</c>, <c>[*]</c>.</summary>
internal sealed class WildcardSegment : PathSegment
{
    public static readonly WildcardSegment Instance = new();

    private WildcardSegment()
    {
    }

    public override void Collect(JsonValue value, int next, PathWalk walk)
    {
        if (value is JsonArray items)
        {
            foreach (JsonValue item in items.AsSpan())
            {
                walk.Continue(item, next);
            }
        }
        else if (value is JsonObject members)
        {
            foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
            {
                walk.Continue(member.Value, next);
            }
        }
    }
}
