using System.Text;
using StepFlow.Language.Json;

namespace StepFlow.Language.JsonPath;

/// <summary>A member by its name: <c>.name</c> or <c>['name']</c>.</summary>
internal sealed class MemberSegment(string name) : PathSegment
{
    public string Name { get; } = name;

    public override bool IsDefinite => true;

    public override JsonValue? Step(JsonValue value) => value is JsonObject members ? members[Name] : null;

    public override void Collect(JsonValue value, int next, PathWalk walk)
    {
        if (Step(value) is { } member)
        {
            walk.Continue(member, next);
        }
    }

    public override string Explain(string place, JsonValue value, bool isLeaf)
    {
        var there = new StringBuilder(place);
        AppendTo(there);
        return value is not JsonObject
            ? string.Format(null, PathErrors.NotAnObject, $"['{Name}']", place)
            : string.Format(null, isLeaf ? PathErrors.NoResults : PathErrors.MissingProperty, there.ToString());
    }

    public override void AppendTo(StringBuilder place) => place.Append("['").Append(Name).Append("']");
}
