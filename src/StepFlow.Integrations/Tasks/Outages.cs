using System.Net;
using System.Net.Sockets;
using Azure;
using Microsoft.Azure.Cosmos;

namespace StepFlow.Integrations.Tasks;

/// <summary>
/// Tells outages from refusals. An outage is what may be over when the same request is made again: no connection, no
/// answer in time, a service that is busy or broken. The host repeats the task until its timeout, and the workflow does
/// not hear of it. Everything else that a call throws is the task's failure: the same request would fail again.
/// </summary>
public static class Outages
{
    /// <summary>Whether a failed call is worth repeating as it is.</summary>
    /// <param name="failure">What the call threw.</param>
    public static bool IsOutage(Exception failure) => failure switch
    {
        TaskOutageException => true,

        // A service of Azure answered, or (status 0) could not be reached.
        RequestFailedException refusal => refusal.Status == 0 || IsOutage(refusal.Status),
        CosmosException refusal => refusal.StatusCode is HttpStatusCode.Gone || (int)refusal.StatusCode == 449 || IsOutage((int)refusal.StatusCode),
        HttpRequestException request => request.StatusCode is not { } status || IsOutage((int)status),

        // A client of its own gave up waiting; a call that the host cancelled does not come here.
        OperationCanceledException or TimeoutException => true,
        SocketException or IOException => true,
        AggregateException several => several.InnerExceptions.All(IsOutage),
        _ => false,
    };

    /// <summary>What an outage was, in one line: the message of an Azure client goes on with the whole answer.</summary>
    /// <param name="failure">What the call threw.</param>
    public static string ReasonOf(Exception failure) => failure switch
    {
        RequestFailedException { Status: > 0 } refusal =>
            $"{refusal.Message.Trim().Split('\n')[0].Trim()} (Status Code: {refusal.Status}; Error Code: {refusal.ErrorCode ?? "none"})",

        // The attempts of a client that repeats by itself.
        AggregateException { InnerExceptions: [.., var last] } => ReasonOf(last),
        _ => failure.Message,
    };

    /// <summary>Whether a status of HTTP says that the service cannot answer now (RFC 9110; 429 of RFC 6585).</summary>
    public static bool IsOutage(int status) => status is 408 or 429 or 500 or 502 or 503 or 504;
}
