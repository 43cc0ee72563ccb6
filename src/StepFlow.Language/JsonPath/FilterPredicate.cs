using System.Text.RegularExpressions;

namespace StepFlow.Language.JsonPath;

/// <summary>The condition of a filter. A closed family.</summary>
internal abstract class FilterPredicate
{
    /// <param name="walk">The value of <c>$</c>, and the number of values that may still be visited.</param>
    public abstract bool Test(JsonValue item, PathWalk walk);
}

/// <summary><c>a &amp;&amp; b</c>.</summary>
internal sealed class AndFilter(FilterPredicate left, FilterPredicate right) : FilterPredicate
{
    public override bool Test(JsonValue item, PathWalk walk) => left.Test(item, walk) && right.Test(item, walk);
}

/// <summary><c>a || b</c>.</summary>
internal sealed class OrFilter(FilterPredicate left, FilterPredicate right) : FilterPredicate
{
    public override bool Test(JsonValue item, PathWalk walk) => left.Test(item, walk) || right.Test(item, walk);
}

/// <summary><c>!a</c>.</summary>
internal sealed class NotFilter(FilterPredicate inner) : FilterPredicate
{
    public override bool Test(JsonValue item, PathWalk walk) => !inner.Test(item, walk);
}

/// <summary>A path alone: whether it selects anything.</summary>
internal sealed class ExistsFilter(FilterOperand path) : FilterPredicate
{
    public override bool Test(JsonValue item, PathWalk walk) => path.Exists(item, walk);
}

/// <summary><c>left op right</c>.</summary>
internal sealed class ComparisonFilter(FilterOperand left, FilterOperator comparison, FilterOperand right) : FilterPredicate
{
    public override bool Test(JsonValue item, PathWalk walk) =>
        left.Evaluate(item, walk) is { } model && right.Evaluate(item, walk) is { } expected
        && FilterComparison.Holds(walk.Budget, model, comparison, expected, right.IsLiteral);
}

/// <summary><c>operand =~ /regex/</c>: the whole text matches.</summary>
internal sealed class RegexFilter(FilterOperand operand, Regex regex) : FilterPredicate
{
    public override bool Test(JsonValue item, PathWalk walk)
    {
        JsonValue? value = operand.Evaluate(item, walk);
        return value switch
        {
            JsonString text => walk.Budget.Take(value) && regex.IsMatch(text.Value),
            JsonNumber or JsonBoolean => regex.IsMatch(value.ToString()),
            _ => false,
        };
    }
}
