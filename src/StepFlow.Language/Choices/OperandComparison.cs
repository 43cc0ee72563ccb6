namespace StepFlow.Language.Choices;

/// <summary>Compares the values of a Choice rule. Values of different kinds never relate.</summary>
internal static class OperandComparison
{
    public static bool IsOf(JsonValue value, OperandKind kind) => kind switch
    {
        OperandKind.Null => value is JsonNull,
        OperandKind.String => value is JsonString,
        OperandKind.Numeric => value is JsonNumber,
        OperandKind.Boolean => value is JsonBoolean,
        OperandKind.Timestamp => value is JsonString text && IsoTimestamp.TryParse(text.Value, out _),
        _ => true,
    };

    public static bool Holds(JsonValue left, OperandKind kind, Relation relation, JsonValue right)
    {
        switch (kind)
        {
            case OperandKind.Numeric when left is JsonNumber a && right is JsonNumber b:
                return Relates(a.CompareTo(b), relation);
            case OperandKind.String when left is JsonString a && right is JsonString b:
                return relation == Relation.Matches
                    ? StringPattern.Matches(a.Value, b.Value)
                    : Relates(string.CompareOrdinal(a.Value, b.Value), relation);
            case OperandKind.Boolean when left is JsonBoolean a && right is JsonBoolean b:
                return a.Value == b.Value;
            case OperandKind.Timestamp when left is JsonString a && right is JsonString b
                && IsoTimestamp.TryParse(a.Value, out IsoTimestamp first) && IsoTimestamp.TryParse(b.Value, out IsoTimestamp second):
                return Relates(first.CompareTo(second), relation);
            default:
                return false;
        }
    }

    private static bool Relates(int order, Relation relation) => relation switch
    {
        Relation.Equal => order == 0,
        Relation.Less => order < 0,
        Relation.LessOrEqual => order <= 0,
        Relation.Greater => order > 0,
        _ => order >= 0,
    };
}
