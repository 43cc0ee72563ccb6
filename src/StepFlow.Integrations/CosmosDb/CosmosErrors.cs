using System.Net;
using Microsoft.Azure.Cosmos;

namespace StepFlow.Integrations.CosmosDb;

/// <summary>How <c>azure:cosmos</c> fails: by the statuses of Cosmos DB ("HTTP status codes for Azure Cosmos DB").</summary>
internal static class CosmosErrors
{
    private const string Prefix = "Cosmos.";

    public const string InvalidArgument = Prefix + "InvalidArgument";

    public const string Conflict = Prefix + "Conflict";

    public const string PartitionKey = "a string, a number, true, false or null, or an array of these for a hierarchical key";

    public const string Operations = "a list of objects with 'op' (add, set, replace, remove, incr, move), 'path', and 'value' or 'from'";

    public static TaskRejected NotConfigured(SettingHints hints) =>
        new(Prefix + "NotConfigured", $"No Cosmos DB account is configured{(hints.Add("Cosmos:Endpoint", "Cosmos:ConnectionString") is { Length: > 0 } hint ? hint : ".")}");

    /// <summary>What Cosmos DB refused.</summary>
    /// <exception cref="CosmosException">Cosmos DB is unavailable, so the call is repeated.</exception>
    public static TaskRejected Refused(ResponseMessage response, JsonValue? body)
    {
        string message = MessageOf(response, body);
        var refusal = new CosmosException(message, response.StatusCode, 0, response.Headers.ActivityId, response.Headers.RequestCharge);
        return Outages.IsOutage(refusal) ? throw refusal : new(Prefix + NameOf(response.StatusCode), message);
    }

    /// <summary>The message of the service, without the addresses and statistics that the client adds to it.</summary>
    private static string MessageOf(ResponseMessage response, JsonValue? body)
    {
        const string Start = "Reason: (";
        string text = response.ErrorMessage ?? string.Empty;
        int at = text.IndexOf(Start, StringComparison.Ordinal);
        string reason = (at < 0 ? text : text[(at + Start.Length)..]).Split(["\r\n", "\n", "RequestUri:"], 2, StringSplitOptions.None)[0].Trim().TrimEnd(';', ')', ',');
        if ((body ?? JsonValue.ParseOrNull(reason)) is JsonObject details && details["message"] is JsonString message)
        {
            return message.Value;
        }

        return reason.Length > 0 ? reason : Expected(response.StatusCode);
    }

    // Of what callers expect, the client passes on only the status.
    private static string Expected(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => "There is no item with this id and partition key, or no such container or database.",
        HttpStatusCode.Conflict => "The container already has an item with this id and partition key.",
        HttpStatusCode.PreconditionFailed => "The item does not have the ETag of 'IfMatch', or does not meet the 'Condition'.",
        _ => $"Cosmos DB responded with the status {(int)status} ({status}).",
    };

    private static string NameOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => "BadRequest",
        HttpStatusCode.Unauthorized => "Unauthorized",
        HttpStatusCode.Forbidden => "Forbidden",
        HttpStatusCode.NotFound => "NotFound",
        HttpStatusCode.Conflict => "Conflict",
        HttpStatusCode.PreconditionFailed => "PreconditionFailed",
        HttpStatusCode.RequestEntityTooLarge => "RequestEntityTooLarge",
        _ => $"StatusCode.{(int)status}",
    };
}
