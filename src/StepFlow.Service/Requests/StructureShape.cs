namespace StepFlow.Service.Requests;

/// <summary>A structure. Unknown members are ignored, as in Step Functions. Null counts as absent.</summary>
internal sealed class StructureShape(string name, params Member[] members) : Shape
{
    /// <summary>The members, in the model's order.</summary>
    public IReadOnlyList<Member> Members => members;

    public override void Check(JsonValue value, string path, Violations violations)
    {
        if (value is not JsonObject structure)
        {
            throw ApiErrors.Serialization(path.Length == 0 ? "Start of structure or map found where not expected." : "Unexpected field type");
        }

        foreach (Member member in members)
        {
            string memberPath = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (structure[member.Name] is { IsNull: false } present)
            {
                member.Shape.Check(present, memberPath, violations);
            }
            else if (member.IsRequired)
            {
                violations.AddMissing(memberPath);
            }
        }
    }

    public override string Display(JsonValue value)
    {
        var structure = (JsonObject)value;
        IEnumerable<string> shown = members
            .Where(member => structure[member.Name] is { IsNull: false })
            .Select(member => $"{member.Name}={(member.Shape.IsSensitive ? "***Sensitive Data Redacted***" : member.Shape.Display(structure[member.Name]!))}");
        return $"{name}({string.Join(", ", shown)})";
    }
}
