using System.Text;

namespace StepFlow.Language.JsonPath;

/// <summary>Several members, <c>['a','b']</c>: merged into one object. They can only end a path.</summary>
internal sealed class MemberUnionSegment(string[] names, bool isLast) : PathSegment
{
    public override bool IsDefinite => true;

    private string Fragment => $"['{string.Join("', '", names)}']";

    public override JsonValue? Step(JsonValue value)
    {
        if (value is not JsonObject members || !isLast)
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

    public override bool Matches(JsonValue value, PathWalk walk) => value is JsonObject members && Array.TrueForAll(names, members.ContainsKey);

    public override void Collect(JsonValue value, int next, PathWalk walk)
    {
        if (Step(value) is { } merged)
        {
            walk.Continue(merged, next);
        }
        else
        {
            Fail(value, walk);
        }
    }

    public override (PathFault Fault, string Message) Explain(string path, JsonValue value, bool isLeaf, string rest) => value is JsonObject
        ? (PathFault.Invalid, string.Format(null, PathErrors.NotALeaf, path + Fragment))
        : (PathFault.NotFound, string.Format(null, PathErrors.NotAnObject, Fragment, path));

    public override void AppendTo(StringBuilder text) => text.Append(Fragment);

    private void Fail(JsonValue value, PathWalk walk) => walk.Fail(
        value is JsonObject ? PathFault.Invalid : PathFault.NotFound,
        path => Explain(path, value, isLast, string.Empty).Message);
}
