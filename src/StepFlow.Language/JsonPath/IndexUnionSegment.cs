using StepFlow.Language.Json;

namespace StepFlow.Language.JsonPath;

/// <summary>Several items: <c>[0,2,-1]</c>.</summary>
internal sealed class IndexUnionSegment(int[] indices) : PathSegment
{
    public override void Collect(JsonValue value, int next, PathWalk walk)
    {
        if (value is not JsonArray items)
        {
            return;
        }

        foreach (int index in indices)
        {
            int at = index < 0 ? items.Count + index : index;
            if ((uint)at < (uint)items.Count)
            {
                walk.Continue(items[at], next);
            }
        }
    }
}
