namespace StepFlow.Local.Client;

/// <summary>Reads lists page by page.</summary>
internal static class PageReader
{
    /// <param name="client">The server.</param>
    /// <param name="path">The list's path, ready for one more query parameter.</param>
    /// <param name="member">The member of the response with the items.</param>
    /// <param name="limit">The maximum number of items.</param>
    public static async Task<IReadOnlyList<JsonObject>> ReadAsync(
        ServerClient client, string path, string member, int limit, CancellationToken cancellationToken)
    {
        var items = new List<JsonObject>();
        string? next = null;
        do
        {
            JsonObject page = await client.GetAsync(next is null ? path : $"{path}nextToken={Uri.EscapeDataString(next)}", cancellationToken);
            items.AddRange(client.Member<JsonArray>(page, member).OfType<JsonObject>());
            next = page.Text("nextToken");
        }
        while (next is not null && items.Count < limit);
        return items.Count > limit ? items.GetRange(0, limit) : items;
    }
}
