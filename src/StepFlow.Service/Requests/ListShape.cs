namespace StepFlow.Service.Requests;

/// <summary>A list with bounds on its length.</summary>
internal sealed class ListShape(Shape member) : Shape
{
    public Shape Item => member;

    public int? Min { get; init; }

    public int? Max { get; init; }

    public override void Check(JsonValue value, string path, Violations violations)
    {
        if (value is not JsonArray list)
        {
            throw ApiErrors.Serialization("Unexpected field type");
        }

        if (list.Count < Min)
        {
            violations.Add(this, value, path, $"Member must have length greater than or equal to {Min}");
        }

        if (list.Count > Max)
        {
            violations.Add(this, value, path, $"Member must have length less than or equal to {Max}");
        }

        for (int i = 0; i < list.Count; i++)
        {
            string itemPath = $"{path}.{i + 1}.member";
            if (list[i].IsNull)
            {
                violations.AddMissing(itemPath);
            }
            else
            {
                member.Check(list[i], itemPath, violations);
            }
        }
    }

    public override string Display(JsonValue value) => $"[{string.Join(", ", ((JsonArray)value).Select(item => item.IsNull ? "null" : member.Display(item)))}]";
}
