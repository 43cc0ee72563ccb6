namespace StepFlow.Service.Requests;

/// <summary>True or false.</summary>
internal sealed class BooleanShape : Shape
{
    public override void Check(JsonValue value, string path, Violations violations)
    {
        if (value is not JsonBoolean)
        {
            throw ApiErrors.Serialization($"{JsonTypes.Name(value)} can not be converted to a Boolean");
        }
    }

    public override string Display(JsonValue value) => ((JsonBoolean)value).Value ? "true" : "false";
}
