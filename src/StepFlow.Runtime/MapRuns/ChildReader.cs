using StepFlow.Execution.Commands;
using StepFlow.Language.Evaluation;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// Makes the children of a Map Run while its items are read: selects their inputs and batches them (ItemReader,
/// ItemSelector, ItemBatcher). The same items give the same children, with the same names. A host can read them in
/// ranges, and each range on any machine.
/// </summary>
public sealed class ChildReader(StartMapRun command, MapRunNames names, ExecutionStart parent, TimeProvider clock)
{
    private readonly ItemBatch? _batch = command.State.ItemBatcher is null ? null : new(command);
    private MapRunEntry? _single;
    private int _children;

    /// <summary>Reads children. Called once.</summary>
    /// <param name="reading">The start of the reading. A batch begins with its first item.</param>
    /// <param name="pass">
    /// Receives each child, in order, and the position after it, at which a reading can continue. The position is null after the
    /// last child. It can wait until there is room for the child. False ends the reading.
    /// </param>
    /// <returns>Whether the run has no more children; or why it fails.</returns>
    public async Task<Outcome<bool>> ReadAsync(
        ItemReading reading, Func<MapRunEntry, ItemPosition?, CancellationToken, ValueTask<bool>> pass, CancellationToken cancellationToken)
    {
        _children = reading.FirstChild;
        try
        {
            bool isAll = await new ItemSource(command, reading, clock).ReadAsync(
                async (items, token) =>
                {
                    foreach (MapItem item in items)
                    {
                        if (Take(item) is { } child && !await pass(child, item.Position, token))
                        {
                            return false;
                        }
                    }

                    return true;
                },
                cancellationToken);
            if (!isAll)
            {
                return false;
            }
        }
        catch (MapItemsException failure)
        {
            return failure.Error;
        }

        MapRunEntry? last = _batch is null ? _single : ToChild(_batch.Close());
        if (last is not null)
        {
            await pass(last, null, cancellationToken);
        }

        return true;
    }

    /// <summary>Adds an item. Returns the previous child if it is complete.</summary>
    private MapRunEntry? Take(MapItem item)
    {
        JsonValue input = Select(item);
        if (_batch is not null)
        {
            return ToChild(_batch.Add(input));
        }

        MapRunEntry? before = _single;
        _single = names.Entry(_children++, input, 1, item.ToContext());
        return before;
    }

    private MapRunEntry? ToChild((JsonValue Input, int Items)? batch) => batch is var (input, count) ? names.Entry(_children++, input, count, null) : null;

    private JsonValue Select(MapItem item)
    {
        if (command.State.ItemSelector is not { } selector)
        {
            return item.ToInput();
        }

        // Each item has separate random values, so they do not depend on the start of the reading.
        var entropy = new Entropy(new Entropy(command.ItemScope.EntropySeed + (ulong)item.Index).NextUInt64());
        Outcome<JsonValue> input = selector.Evaluate(new ItemScope(command.ItemScope, item, entropy, clock.GetUtcNow(), parent.Limits));
        return input.IsSuccess ? input.Value : throw new MapItemsException(input.Error);
    }
}
