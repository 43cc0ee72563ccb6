using StepFlow.Execution;
using StepFlow.Execution.Commands;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Works out the children of a Map Run: reads the items, selects their inputs, batches them (ItemReader, ItemSelector, ItemBatcher).</summary>
public static class MapRunPlan
{
    /// <summary>The children, in the order of their items; or why the run fails.</summary>
    /// <param name="command">What the execution asked for.</param>
    /// <param name="names">The run's names.</param>
    /// <param name="parent">How the execution that runs the Map was started.</param>
    /// <param name="objects">Where items are read; null where there is no such place.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Outcome<IReadOnlyList<MapRunEntry>>> MakeAsync(
        StartMapRun command, MapRunNames names, ExecutionStart parent, IObjectStore? objects, TimeProvider clock, CancellationToken cancellationToken)
    {
        Outcome<List<MapItem>> items = await new ItemSource(command, objects is null ? null : new RepeatedObjectStore(objects, clock)).ReadAsync(cancellationToken);
        if (!items.IsSuccess)
        {
            return items.Error;
        }

        Outcome<IReadOnlyList<JsonValue>> inputs = Select(command, items.Value, parent, clock);
        if (!inputs.IsSuccess)
        {
            return inputs.Error;
        }

        IReadOnlyList<(JsonValue Input, int Items)> batches = ItemBatches.Of(command, inputs.Value);
        var entries = new MapRunEntry[batches.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = names.Entry(i, batches[i].Input, batches[i].Items, command.State.ItemBatcher is null ? items.Value[i].ToContext() : null);
        }

        return entries;
    }

    private static Outcome<IReadOnlyList<JsonValue>> Select(StartMapRun command, List<MapItem> items, ExecutionStart parent, TimeProvider clock)
    {
        var inputs = new List<JsonValue>(items.Count);
        var entropy = new Entropy(command.ItemScope.EntropySeed);
        foreach (MapItem item in items)
        {
            if (command.State.ItemSelector is not { } selector)
            {
                inputs.Add(item.ToInput());
                continue;
            }

            Outcome<JsonValue> input = selector.Evaluate(new ItemScope(command.ItemScope, item, entropy, clock.GetUtcNow(), parent.Limits));
            if (!input.IsSuccess)
            {
                return input.Error;
            }

            inputs.Add(input.Value);
        }

        return inputs;
    }
}
