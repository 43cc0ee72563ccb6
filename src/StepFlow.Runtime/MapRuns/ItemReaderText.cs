using System.Text;
using StepFlow.Execution.Commands;
using StepFlow.Language.Evaluation;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Reads items from a text that replaces the file of an ItemReader (API operation TestState, <c>mapItemReaderData</c>).</summary>
public static class ItemReaderText
{
    /// <summary>The source of such items (<c>$$.Map.Item.Source</c>).</summary>
    public const string Source = MapItem.StateData;

    /// <summary>Whether the content of the file is lines of text (CSV, JSONL), not one JSON value.</summary>
    public static bool IsText(StartMapRun command) => ReaderConfig.From(command.ReaderConfig).InputType is "CSV" or "JSONL";

    /// <summary>The items, as an array or object; or why they cannot be read.</summary>
    /// <param name="command">The Map Run. Its ReaderConfig defines the format of the text. A listing of objects is JSON.</param>
    /// <param name="text">The content of the file.</param>
    public static async Task<Outcome<JsonValue>> ReadAsync(StartMapRun command, string text, CancellationToken cancellationToken)
    {
        ReaderConfig config = ReaderConfig.From(command.ReaderConfig);
        var found = new List<MapItem>();
        var items = new ItemSink(config.MaxItems ?? long.MaxValue, long.MaxValue, (portion, _) =>
        {
            found.AddRange(portion);
            return ValueTask.FromResult(true);
        }, ItemPosition.Start);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        try
        {
            await (config.InputType switch
            {
                "CSV" => new CsvItems(config, Source, items).ReadAsync(content, cancellationToken),
                "JSONL" => new JsonLineItems(Source, items).ReadAsync(content, cancellationToken),
                _ => new JsonItems(config.ItemsPointer, Source, items, long.MaxValue).ReadAsync(content, cancellationToken),
            });
            await items.FlushAllAsync(cancellationToken);
            return found is [{ Key: not null }, ..]
                ? JsonObject.Create([.. found.Select(static item => (item.Key!, item.Value))])
                : JsonArray.From(found.Select(static item => item.Value));
        }
        catch (ItemReaderException refusal)
        {
            return MapRunErrors.ReaderFailed(refusal.Message);
        }
    }
}
