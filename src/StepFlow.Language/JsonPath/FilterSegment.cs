using StepFlow.Language.Json;

namespace StepFlow.Language.JsonPath;

/// <summary>The items that satisfy a predicate, or an object that does so itself: <c>[?(@.a == 1)]</c>.</summary>
internal sealed class FilterSegment(FilterPredicate predicate) : PathSegment
{
    public override void Collect(JsonValue value, int next, PathWalk walk)
    {
        if (value is JsonArray items)
        {
            foreach (JsonValue item in items.AsSpan())
            {
                if (walk.Budget.Take(1) && predicate.Test(item, walk))
                {
                    walk.Continue(item, next);
                }
            }
        }
        else if (value is JsonObject && predicate.Test(value, walk))
        {
            walk.Continue(value, next);
        }
    }
}
