using System.Text;

namespace StepFlow.Language.JsonPath;

/// <summary>A member by its name: <c>.name</c> or <c>['name']</c>.</summary>
internal sealed class MemberSegment(string name) : PathSegment
{
    public string Name { get; } = name;

    public override bool IsDefinite => true;

    public override JsonValue? Step(JsonValue value) => value is JsonObject members ? members[Name] : null;

    public override bool Matches(JsonValue value, PathWalk walk) => value is JsonObject members && members.ContainsKey(Name);

    public override void Collect(JsonValue value, int next, PathWalk walk)
    {
        if (value is not JsonObject members)
        {
            walk.Fail(PathFault.NotFound, path => string.Format(null, PathErrors.NotAnObject, $"['{Name}']", path));
        }
        else if (members[Name] is { } member)
        {
            walk.Member(member, next, Name);
        }
        else if (walk.IsEnd(next))
        {
            // A missing member is ignored before the last segment of an indefinite path.
            walk.Fail(PathFault.NotFound, path => string.Format(null, PathErrors.NoResults, $"{path}['{Name}']"));
        }
    }

    public override (PathFault Fault, string Message) Explain(string path, JsonValue value, bool isLeaf, string rest) => (
        PathFault.NotFound,
        value is not JsonObject
            ? string.Format(null, PathErrors.NotAnObject, $"['{Name}']", path)
            : string.Format(null, isLeaf ? PathErrors.NoResults : PathErrors.MissingProperty, $"{path}['{Name}']"));

    public override void AppendTo(StringBuilder text) => text.Append("['").Append(Name).Append("']");
}
