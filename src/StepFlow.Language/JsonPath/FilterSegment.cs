using System.Text;

namespace StepFlow.Language.JsonPath;

/// <summary>The items that satisfy a predicate, or an object that does so itself: <c>[?(@.a == 1)]</c>.</summary>
internal sealed class FilterSegment(FilterPredicate predicate) : PathSegment
{
    public override bool Matches(JsonValue value, PathWalk walk) => predicate.Test(value, walk);

    public override void Collect(JsonValue value, int next, PathWalk walk)
    {
        if (value is JsonArray items)
        {
            for (int at = 0; at < items.Count && walk.IsUnderWay && walk.Take(1); at++)
            {
                if (predicate.Test(items[at], walk))
                {
                    walk.Item(items[at], next, at);
                }
            }
        }
        else if (value is not JsonObject)
        {
            Fail(value, next, walk);
        }
        else if (predicate.Test(value, walk))
        {
            walk.Continue(value, next);
        }
    }

    public override void AppendTo(StringBuilder text) => text.Append("[?]");

    private static void Fail(JsonValue value, int next, PathWalk walk) => walk.Fail(
        PathFault.Invalid,
        _ => string.Format(null, PathErrors.FilterOnPrimitive, walk.Rest(next - 1), PathErrors.Shown(value)));
}
