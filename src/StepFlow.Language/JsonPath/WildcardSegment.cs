using System.Text;

namespace StepFlow.Language.JsonPath;

/// <summary>
/// Every member or item: <c>.*</c>, <c>[*]</c>. Of an array those are passed over in which the rest of the path leads to
/// nothing; of an object all have to fit.
/// </summary>
internal sealed class WildcardSegment : PathSegment
{
    public static readonly WildcardSegment Instance = new();

    private WildcardSegment()
    {
    }

    public override bool Matches(JsonValue value, PathWalk walk) => true;

    public override void Collect(JsonValue value, int next, PathWalk walk)
    {
        if (value is JsonArray items)
        {
            for (int at = 0; at < items.Count; at++)
            {
                walk.Item(items[at], next, at);
                walk.Forgive();
            }
        }
        else if (value is JsonObject members)
        {
            foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
            {
                walk.Member(member.Value, next, member.Key);
            }
        }
    }

    public override void AppendTo(StringBuilder text) => text.Append("[*]");
}
