namespace StepFlow.Execution.Commands;

/// <summary>The data that the ItemSelector of a distributed Map can read besides the item.</summary>
/// <param name="Input">The state's raw input.</param>
/// <param name="Context">The context object, without <c>Map.Item</c>.</param>
/// <param name="Variables">The variables in reach of the Map state.</param>
/// <param name="EntropySeed">A seed for the random values of this run's items.</param>
public sealed record MapItemScope(JsonValue Input, JsonObject Context, VariableScope Variables, ulong EntropySeed);
