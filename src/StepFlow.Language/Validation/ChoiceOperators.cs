using System.Collections.Frozen;
using StepFlow.Language.Json;

namespace StepFlow.Language.Validation;

/// <summary>The comparison operators of Choice rules and what they compare with.</summary>
internal static class ChoiceOperators
{
    private static readonly string[] Comparisons = ["Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"];

    private static readonly FrozenDictionary<string, (JsonKind Kind, string Type)> Operands = Build();

    public static bool IsOperator(string name) => Operands.ContainsKey(name);

    /// <summary>The JSON type an operator compares with; of a <c>…Path</c> form the path's.</summary>
    public static (JsonKind Kind, string Type) OperandOf(string name) => Operands[name];

    /// <summary>Whether the operand is a literal timestamp.</summary>
    public static bool TakesTimestamp(string name) =>
        name.StartsWith("Timestamp", StringComparison.Ordinal) && !name.EndsWith("Path", StringComparison.Ordinal);

    private static FrozenDictionary<string, (JsonKind Kind, string Type)> Build()
    {
        var operands = new Dictionary<string, (JsonKind, string)>
        {
            ["StringMatches"] = (JsonKind.String, "STRING"),
            ["BooleanEquals"] = (JsonKind.Boolean, "BOOLEAN"),
            ["BooleanEqualsPath"] = (JsonKind.String, "STRING"),
        };
        foreach (string test in new[] { "IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp" })
        {
            operands[test] = (JsonKind.Boolean, "BOOLEAN");
        }

        foreach (string comparison in Comparisons)
        {
            operands["String" + comparison] = operands["Timestamp" + comparison] = (JsonKind.String, "STRING");
            operands["Numeric" + comparison] = (JsonKind.Number, "NUMBER");
            foreach (string type in new[] { "String", "Numeric", "Timestamp" })
            {
                operands[$"{type}{comparison}Path"] = (JsonKind.String, "STRING");
            }
        }

        return operands.ToFrozenDictionary();
    }
}
