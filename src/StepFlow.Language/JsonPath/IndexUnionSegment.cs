using System.Text;

namespace StepFlow.Language.JsonPath;

/// <summary>Several items: <c>[0,2]</c>. All of them have to be there.</summary>
internal sealed class IndexUnionSegment(int[] indices) : ArraySegment
{
    public override void AppendTo(StringBuilder text) => text.Append('[').AppendJoin(',', indices).Append(']');

    protected override void Collect(JsonArray items, int next, PathWalk walk)
    {
        foreach (int index in indices)
        {
            Follow(items, index, next, walk);
        }
    }
}
