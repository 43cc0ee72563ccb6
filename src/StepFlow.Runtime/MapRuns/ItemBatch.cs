using StepFlow.Execution.Commands;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Groups the inputs of a Map Run (ItemBatcher): as many as fit by count and by bytes, at least one each.</summary>
public sealed class ItemBatch
{
    private readonly StartMapRun _command;
    private readonly JsonObjectBuilder _frame;
    private readonly long _frameBytes;
    private readonly List<JsonValue> _items = [];
    private long _bytes;

    /// <summary>No batch was begun.</summary>
    public ItemBatch(StartMapRun command)
    {
        _command = command;
        _frame = new JsonObjectBuilder(2).SetIfPresent("BatchInput", command.BatchInput);
        _frameBytes = _bytes = _frame.Set("Items", JsonArray.Empty).Build().Utf8Length;
    }

    /// <summary>The inputs of the child executions, with the number of items in each.</summary>
    /// <param name="inputs">The inputs of single items.</param>
    public static IEnumerable<(JsonValue Input, int Items)> Group(StartMapRun command, IEnumerable<JsonValue> inputs)
    {
        var batch = new ItemBatch(command);
        foreach (JsonValue input in inputs)
        {
            if (batch.Add(input) is { } full)
            {
                yield return full;
            }
        }

        if (batch.Close() is { } last)
        {
            yield return last;
        }
    }

    /// <summary>Adds an input.</summary>
    /// <param name="input">The input of a single item.</param>
    /// <returns>The batch before it, where the input does not fit into that one any more; else null.</returns>
    public (JsonValue Input, int Items)? Add(JsonValue input)
    {
        long size = input.Utf8Length + 1;
        bool isFull = _items.Count > 0 && (_items.Count >= _command.MaxItemsPerBatch || _bytes + size > _command.MaxInputBytesPerBatch);
        (JsonValue, int)? full = isFull ? Close() : null;
        _items.Add(input);
        _bytes += size;
        return full;
    }

    /// <summary>The incomplete batch; null if there is none.</summary>
    public (JsonValue Input, int Items)? Close()
    {
        if (_items.Count == 0)
        {
            return null;
        }

        (JsonValue, int) batch = (_frame.Set("Items", JsonArray.From(_items)).Build(), _items.Count);
        _items.Clear();
        _bytes = _frameBytes;
        return batch;
    }
}
