using StepFlow.Runtime.Documents;

namespace StepFlow.Service.Pages;

/// <summary>Answers list operations from collections of documents, page by page.</summary>
internal sealed class DocumentPages(PageTokens tokens)
{
    /// <summary>One page.</summary>
    /// <param name="collection">The listed collection.</param>
    /// <param name="request">The request: <c>maxResults</c>, <c>nextToken</c>.</param>
    /// <param name="list">Names the list, so that a token continues no other.</param>
    /// <param name="prefix">The prefix of the keys.</param>
    /// <param name="member">The response's member for the items.</param>
    /// <param name="view">How an item is shown.</param>
    /// <param name="filter">Which items are listed; null for all.</param>
    public async Task<JsonObject> ReadAsync<T>(
        DocumentCollection<T> collection,
        JsonObject request,
        string list,
        string prefix,
        string member,
        Func<T, JsonObject> view,
        CancellationToken cancellationToken,
        Func<T, bool>? filter = null)
        where T : class
    {
        int size = PageSize.Of(request);
        string? after = await tokens.ReadAsync(list, request.Text("nextToken"), cancellationToken);
        var items = new List<(string Key, JsonValue View)>();
        while (items.Count <= size)
        {
            // One more item than the page has shows whether another page follows.
            int wanted = size + 1 - items.Count;
            IReadOnlyList<KeyValuePair<string, T>> found = await collection.ListAsync(prefix, after, wanted, cancellationToken);
            foreach (KeyValuePair<string, T> item in found)
            {
                after = item.Key;
                if (filter is null || filter(item.Value))
                {
                    items.Add((item.Key, view(item.Value)));
                }
            }

            if (found.Count < wanted)
            {
                break;
            }
        }

        JsonObject response = JsonObject.Create((member, JsonArray.From(items.Take(size).Select(item => item.View))));
        return items.Count <= size ? response : response.With("nextToken", await tokens.CreateAsync(list, items[size - 1].Key, cancellationToken));
    }
}
