using System.Globalization;

namespace StepFlow.Service.Requests;

/// <summary>A number with bounds on its value.</summary>
internal sealed class NumberShape : Shape
{
    public double? Min { get; init; }

    public double? Max { get; init; }

    /// <summary>Whether fractions are cut off, as the service does for integers.</summary>
    public bool IsInteger { get; init; } = true;

    public override void Check(JsonValue value, string path, Violations violations)
    {
        if (value is not JsonNumber number)
        {
            throw ApiErrors.Serialization($"{JsonTypes.Name(value)} can not be converted to {(IsInteger ? "an Integer" : "a Float")}");
        }

        double actual = IsInteger ? Math.Truncate(number.ToDouble()) : number.ToDouble();
        if (actual < Min)
        {
            violations.Add(this, value, path, $"Member must have value greater than or equal to {Text(Min)}");
        }

        if (actual > Max)
        {
            violations.Add(this, value, path, $"Member must have value less than or equal to {Text(Max)}");
        }
    }

    public override string Display(JsonValue value) => ((JsonNumber)value).Text;

    private static string Text(double? bound) => bound!.Value.ToString(CultureInfo.InvariantCulture);
}
