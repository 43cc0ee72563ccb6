using Microsoft.Azure.Cosmos;
using static StepFlow.Integrations.CosmosDb.CosmosResponse;

namespace StepFlow.Integrations.CosmosDb;

/// <summary>
/// <c>azure:cosmos:queryItems</c>: one page of the items that a <c>Query</c> with <c>Parameters</c> finds, in the partition
/// <c>PartitionKey</c> or in all. <c>ContinuationToken</c> of the result, if there is one, gets the next page.
/// </summary>
internal static class CosmosQuery
{
    private const int MaxPage = 1000;

    public static CosmosRequest Prepare(ArgumentReader arguments, TaskCall call)
    {
        string text = arguments.RequiredText("Query");
        JsonObject parameters = arguments.Object("Parameters") ?? JsonObject.Empty;
        string? token = arguments.Text("ContinuationToken");
        var options = new QueryRequestOptions
        {
            PartitionKey = CosmosKey.Read(arguments, call.Arguments),
            MaxItemCount = (int?)arguments.Integer("MaxItems", 1, MaxPage),
        };
        return async (container, cancellationToken) =>
        {
            var query = new QueryDefinition(text);
            foreach ((string name, JsonValue value) in parameters)
            {
                query = query.WithParameterStream("@" + name.TrimStart('@'), new MemoryStream(value.ToUtf8(), writable: false));
            }

            using FeedIterator pages = container.GetItemQueryStreamIterator(query, token, options);
            return await PageAsync(pages, cancellationToken);
        };
    }

    private static async Task<TaskOutcome> PageAsync(FeedIterator pages, CancellationToken cancellationToken)
    {
        double charge = 0;
        while (true)
        {
            using ResponseMessage response = await pages.ReadNextAsync(cancellationToken);
            JsonValue? body = await ReadAsync(response, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return CosmosErrors.Refused(response, body);
            }

            charge += response.Headers.RequestCharge;
            JsonArray items = (body as JsonObject)?["Documents"] as JsonArray ?? JsonArray.Empty;

            // A partition without such items is an empty page.
            if (items.Count > 0 || response.ContinuationToken is null || !pages.HasMoreResults)
            {
                return new TaskCompleted(new JsonObjectBuilder(4)
                    .Set("Items", items)
                    .Set("Count", items.Count)
                    .SetIfPresent("ContinuationToken", response.ContinuationToken)
                    .Set("RequestCharge", JsonNumber.Create(charge))
                    .Build());
            }
        }
    }
}
