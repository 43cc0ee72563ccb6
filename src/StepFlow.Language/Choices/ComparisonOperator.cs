using System.Collections.Frozen;

namespace StepFlow.Language.Choices;

/// <summary>A comparison operator of the Choice state (Amazon States Language, "Data-test expression").</summary>
public sealed class ComparisonOperator
{
    private static readonly FrozenDictionary<string, ComparisonOperator> ByName = CreateAll().ToFrozenDictionary(one => one.Name, StringComparer.Ordinal);

    private ComparisonOperator(string name, OperandKind kind, Relation relation, bool isPath) =>
        (Name, Kind, Relation, IsPath) = (name, kind, relation, isPath);

    /// <summary>All operators, each with its path form where it has one.</summary>
    public static IEnumerable<ComparisonOperator> All => ByName.Values;

    /// <summary>The field's name: <c>StringEquals</c>, <c>NumericLessThanPath</c>, <c>IsPresent</c>.</summary>
    public string Name { get; }

    /// <summary>The type that the operator compares, or that an <c>Is…</c> operator tests.</summary>
    public OperandKind Kind { get; }

    /// <summary>How the two values relate.</summary>
    public Relation Relation { get; }

    /// <summary>Whether the operand is a path to the value.</summary>
    public bool IsPath { get; }

    /// <summary>Whether the operand is <c>true</c> or <c>false</c>, because the operator tests a type or presence.</summary>
    public bool IsTest => Relation is Relation.IsKind or Relation.IsPresent;

    public static ComparisonOperator? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Whether a value is a valid operand in a definition.</summary>
    public bool Accepts(JsonValue operand) => IsPath
        ? operand is JsonString
        : IsTest ? operand is JsonBoolean : OperandComparison.IsOf(operand, Kind);

    private static IEnumerable<ComparisonOperator> CreateAll()
    {
        (string Suffix, Relation Relation)[] ordered =
        [
            ("Equals", Relation.Equal),
            ("LessThan", Relation.Less),
            ("LessThanEquals", Relation.LessOrEqual),
            ("GreaterThan", Relation.Greater),
            ("GreaterThanEquals", Relation.GreaterOrEqual),
        ];
        foreach ((string suffix, Relation relation) in ordered)
        {
            foreach (OperandKind kind in new[] { OperandKind.String, OperandKind.Numeric, OperandKind.Timestamp })
            {
                yield return new($"{kind}{suffix}", kind, relation, isPath: false);
                yield return new($"{kind}{suffix}Path", kind, relation, isPath: true);
            }
        }

        yield return new("BooleanEquals", OperandKind.Boolean, Relation.Equal, isPath: false);
        yield return new("BooleanEqualsPath", OperandKind.Boolean, Relation.Equal, isPath: true);
        yield return new("StringMatches", OperandKind.String, Relation.Matches, isPath: false);
        yield return new("IsPresent", OperandKind.Any, Relation.IsPresent, isPath: false);
        foreach (OperandKind kind in new[] { OperandKind.Null, OperandKind.String, OperandKind.Numeric, OperandKind.Boolean, OperandKind.Timestamp })
        {
            yield return new($"Is{kind}", kind, Relation.IsKind, isPath: false);
        }
    }
}
