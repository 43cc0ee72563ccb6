namespace StepFlow.Service.Pages;

/// <summary>The responses of list operations, from collections of documents, page by page.</summary>
internal sealed class DocumentPages(PageTokens tokens)
{
    /// <summary>Reads one page.</summary>
    /// <param name="request">The request: <c>maxResults</c>, <c>nextToken</c>.</param>
    public async Task<JsonObject> ReadAsync<T>(DocumentList<T> list, JsonObject request, CancellationToken cancellationToken)
        where T : class
    {
        int size = PageSize.Of(request);
        string? after = await tokens.ReadAsync(list.Name, request.Text("nextToken"), cancellationToken);
        var items = new List<(string Key, JsonValue View)>();
        while (items.Count <= size)
        {
            // One more item than the page has shows whether another page follows.
            int wanted = size + 1 - items.Count;
            IReadOnlyList<KeyValuePair<string, T>> found = await list.Collection.ListAsync(list.Prefix, after, wanted, cancellationToken);
            foreach (KeyValuePair<string, T> item in found)
            {
                after = item.Key;
                if (list.Filter?.Invoke(item.Value) != false)
                {
                    items.Add((item.Key, list.View(item.Value)));
                }
            }

            if (found.Count < wanted)
            {
                break;
            }
        }

        JsonObject response = JsonObject.Create((list.Member, JsonArray.From(items.Take(size).Select(item => item.View))));
        return items.Count <= size ? response : response.With("nextToken", await tokens.CreateAsync(list.Name, items[size - 1].Key, cancellationToken));
    }
}
