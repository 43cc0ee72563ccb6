using System.Text.RegularExpressions;
using StepFlow.Language.Json;

namespace StepFlow.Language.JsonPath;

/// <summary>The condition of a filter. A closed family.</summary>
internal abstract class FilterPredicate
{
    /// <param name="item">What <c>@</c> stands for.</param>
    /// <param name="root">What <c>$</c> stands for.</param>
    public abstract bool Test(JsonValue item, JsonValue root);
}

/// <summary><c>a &amp;&amp; b</c>.</summary>
internal sealed class AndFilter(FilterPredicate left, FilterPredicate right) : FilterPredicate
{
    public override bool Test(JsonValue item, JsonValue root) => left.Test(item, root) && right.Test(item, root);
}

/// <summary><c>a || b</c>.</summary>
internal sealed class OrFilter(FilterPredicate left, FilterPredicate right) : FilterPredicate
{
    public override bool Test(JsonValue item, JsonValue root) => left.Test(item, root) || right.Test(item, root);
}

/// <summary><c>!a</c>.</summary>
internal sealed class NotFilter(FilterPredicate inner) : FilterPredicate
{
    public override bool Test(JsonValue item, JsonValue root) => !inner.Test(item, root);
}

/// <summary>A path alone: whether it selects anything.</summary>
internal sealed class ExistsFilter(FilterOperand path) : FilterPredicate
{
    public override bool Test(JsonValue item, JsonValue root) => path.Exists(item, root);
}

/// <summary><c>left op right</c>.</summary>
internal sealed class ComparisonFilter(FilterOperand left, FilterOperator comparison, FilterOperand right) : FilterPredicate
{
    public override bool Test(JsonValue item, JsonValue root) =>
        FilterComparison.Holds(left.Evaluate(item, root), comparison, right.Evaluate(item, root));
}

/// <summary><c>operand =~ /regex/</c>: the whole text matches.</summary>
internal sealed class RegexFilter(FilterOperand operand, Regex regex) : FilterPredicate
{
    public override bool Test(JsonValue item, JsonValue root) => operand.Evaluate(item, root) switch
    {
        JsonString text => regex.IsMatch(text.Value),
        JsonNumber or JsonBoolean => regex.IsMatch(operand.Evaluate(item, root)!.ToString()),
        _ => false,
    };
}
