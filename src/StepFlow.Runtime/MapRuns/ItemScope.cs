using StepFlow.Execution.Commands;
using StepFlow.Language.Evaluation;

namespace StepFlow.Runtime.MapRuns;

/// <summary>The data that the ItemSelector of a distributed Map can read for one item.</summary>
internal sealed class ItemScope(MapItemScope map, MapItem item, Entropy entropy, DateTimeOffset now, Limits limits) : StateScope(new ExpressionSteps())
{
    private JsonObject? _context;

    public override JsonValue Input => map.Input;

    public override JsonObject Context => _context ??= map.Context.With("Map", item.ToContext());

    public override VariableScope Variables => map.Variables;

    public override Entropy Entropy => entropy;

    public override DateTimeOffset Now => now;

    public override Limits Limits => limits;
}
