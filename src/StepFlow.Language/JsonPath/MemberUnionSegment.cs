using StepFlow.Language.Json;

namespace StepFlow.Language.JsonPath;

/// <summary>
/// Several members: <c>['a','b']</c>. At the end of a path they are merged into one object; before the end each is
/// followed by itself.
/// </summary>
internal sealed class MemberUnionSegment(string[] names, bool isLast) : PathSegment
{
    public override bool IsDefinite => isLast;

    public override JsonValue? Step(JsonValue value)
    {
        if (value is not JsonObject members)
        {
            return null;
        }

        var merged = new JsonObjectBuilder(names.Length);
        foreach (string name in names)
        {
            merged.SetIfPresent(name, members[name]);
        }

        return merged.Build();
    }

    public override void Collect(JsonValue value, int next, PathWalk walk)
    {
        if (value is not JsonObject members)
        {
            return;
        }

        if (isLast)
        {
            walk.Continue(Step(value)!, next);
            return;
        }

        foreach (string name in names)
        {
            if (members[name] is { } member)
            {
                walk.Continue(member, next);
            }
        }
    }

    public override string Explain(string place, JsonValue value, bool isLeaf) =>
        string.Format(null, PathErrors.NotAnObject, $"['{string.Join("', '", names)}']", place);
}
