using StepFlow.Execution.Commands;
using StepFlow.Language.Json;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Groups the inputs of a Map Run (ItemBatcher): as many as fit by count and by bytes, at least one each.</summary>
internal static class ItemBatches
{
    /// <summary>The inputs of the child executions, with the number of items in each.</summary>
    public static IReadOnlyList<(JsonValue Input, int Items)> Of(StartMapRun command, IReadOnlyList<JsonValue> inputs)
    {
        if (command.State.ItemBatcher is null)
        {
            return [.. inputs.Select(input => (input, 1))];
        }

        JsonObjectBuilder frame = new JsonObjectBuilder(2).SetIfPresent("BatchInput", command.BatchInput);
        long frameBytes = frame.Set("Items", JsonArray.Empty).Build().Utf8Length;
        var batches = new List<(JsonValue, int)>();
        var items = new List<JsonValue>();
        long bytes = frameBytes;
        foreach (JsonValue input in inputs)
        {
            long size = input.Utf8Length + 1;
            if (items.Count > 0 && (items.Count >= command.MaxItemsPerBatch || bytes + size > command.MaxInputBytesPerBatch))
            {
                Close();
            }

            items.Add(input);
            bytes += size;
        }

        if (items.Count > 0)
        {
            Close();
        }

        return batches;

        void Close()
        {
            batches.Add((frame.Set("Items", JsonArray.From(items)).Build(), items.Count));
            items.Clear();
            bytes = frameBytes;
        }
    }
}
