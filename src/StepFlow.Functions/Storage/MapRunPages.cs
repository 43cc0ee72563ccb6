using StepFlow.Functions.Messages;
using StepFlow.Language.Json;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Storage;

/// <summary>
/// What the children of Map Runs work on, in pages by content hash: an array of <c>[input, items, context]</c>. The
/// payload that stands for a run's pages lists them, as <c>[hash, length]</c>.
/// </summary>
internal static class MapRunPages
{
    /// <summary>Children on a page: what one activity starts.</summary>
    private const int PageSize = ChildrenStart.MostChildren;

    private const int ParallelRequests = 16;

    /// <summary>Keeps the children of a run.</summary>
    public static async Task<Payload> WriteAsync(ExecutionStorage storage, IReadOnlyList<MapRunEntry> entries, CancellationToken cancellationToken)
    {
        var pages = new JsonValue[(entries.Count + PageSize - 1) / PageSize];
        await Parallel.ForAsync(0, pages.Length, Options(cancellationToken), async (page, token) =>
        {
            JsonArray content = JsonArray.From(entries.Skip(page * PageSize).Take(PageSize).Select(
                entry => (JsonValue)JsonArray.Create(entry.Input, entry.Items, entry.Context ?? (JsonValue)JsonValue.Null)));
            byte[] stored = PayloadCodec.Compress(content.ToUtf8());
            Payload reference = PayloadCodec.Reference(stored);
            await storage.Payloads.WriteAsync(reference.Hash!, stored, token);
            pages[page] = JsonArray.Create(reference.Hash!, reference.Length);
        });
        return await storage.StoreAsync(JsonArray.From(pages), cancellationToken);
    }

    /// <summary>Children of a run that follow one another.</summary>
    /// <param name="storage">Where they are kept.</param>
    /// <param name="list">The run's pages.</param>
    /// <param name="names">The run's names.</param>
    /// <param name="first">The first child.</param>
    /// <param name="count">How many; fewer where there are no more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<MapRunEntry>> ReadAsync(
        ExecutionStorage storage, Payload list, MapRunNames names, int first, int count, CancellationToken cancellationToken)
    {
        var pages = (JsonArray)await storage.ReadAsync(list, cancellationToken);
        int firstPage = first / PageSize;
        int endPage = (int)Math.Min(pages.Count, ((long)first + count + PageSize - 1) / PageSize);
        var entries = new IReadOnlyList<MapRunEntry>[endPage - firstPage];
        await Parallel.ForAsync(0, entries.Length, Options(cancellationToken), async (at, token) =>
        {
            int page = firstPage + at;
            JsonValue content = await storage.ReadAsync(Reference((JsonArray)pages[page]), token);
            entries[at] = [.. ((JsonArray)content).Cast<JsonArray>().Select((entry, i) => names.Entry(
                (page * PageSize) + i, entry[0], Number(entry[1]), entry[2] as JsonObject))];
        });
        return [.. entries.SelectMany(page => page).Where(entry => entry.Index >= first && entry.Index - first < count)];
    }

    private static Payload Reference(JsonArray page) => new() { Hash = ((JsonString)page[0]).Value, Length = Number(page[1]) };

    private static int Number(JsonValue value) => ((JsonNumber)value).TryGetInt64(out long number) ? (int)number : 0;

    private static ParallelOptions Options(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = ParallelRequests, CancellationToken = cancellationToken };
}
