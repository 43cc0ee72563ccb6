using System.Text;
using Microsoft.Azure.Cosmos;

namespace StepFlow.Integrations.CosmosDb;

/// <summary>Reads the responses of Cosmos DB.</summary>
internal static class CosmosResponse
{
    /// <summary>The outcome of a call for one item.</summary>
    public static async Task<TaskOutcome> ItemAsync(Task<ResponseMessage> sent, CancellationToken cancellationToken)
    {
        using ResponseMessage response = await sent;
        JsonValue? body = await ReadAsync(response, cancellationToken);
        return response.IsSuccessStatusCode
            ? new TaskCompleted(new JsonObjectBuilder(3)
                .SetIfPresent("Item", body)
                .SetIfPresent("ETag", response.Headers.ETag)
                .Set("RequestCharge", JsonNumber.Create(response.Headers.RequestCharge))
                .Build())
            : CosmosErrors.Refused(response, body);
    }

    /// <summary>The content; null for none.</summary>
    public static async Task<JsonValue?> ReadAsync(ResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content is null)
        {
            return null;
        }

        using var collected = new MemoryStream();
        await response.Content.CopyToAsync(collected, cancellationToken);
        return collected.Length == 0 ? null
            : response.IsSuccessStatusCode ? JsonValue.Parse(collected.GetBuffer().AsSpan(0, (int)collected.Length))
            : JsonValue.ParseOrNull(Encoding.UTF8.GetString(collected.GetBuffer().AsSpan(0, (int)collected.Length)));
    }
}
