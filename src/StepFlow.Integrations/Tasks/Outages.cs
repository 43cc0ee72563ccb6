using System.Net;
using System.Net.Sockets;
using Azure;
using Microsoft.Azure.Cosmos;

namespace StepFlow.Integrations.Tasks;

/// <summary>
/// Distinguishes outages from rejections. After an outage the same request may succeed later: no connection, no
/// response in time, a service that is busy or broken. The host repeats the task until its timeout, and the workflow does
/// not see it. Every other exception of a call is a failure of the task, because the same request would fail again.
/// </summary>
public static class Outages
{
    /// <summary>Whether a failed call is worth repeating as it is.</summary>
    /// <param name="failure">The exception of the call.</param>
    public static bool IsOutage(Exception failure) => failure switch
    {
        TaskOutageException => true,

        // A service of Azure responded, or (status 0) could not be reached.
        RequestFailedException refusal => refusal.Status == 0 || IsOutage(refusal.Status),
        CosmosException refusal => refusal.StatusCode is HttpStatusCode.Gone || (int)refusal.StatusCode == 449 || IsOutage((int)refusal.StatusCode),
        HttpRequestException request => request.StatusCode is not { } status || IsOutage((int)status),

        // The timeout of a client. A call that the host cancelled is not handled here.
        OperationCanceledException or TimeoutException => true,
        SocketException or IOException => true,
        AggregateException several => several.InnerExceptions.All(IsOutage),
        _ => false,
    };

    /// <summary>The reason of an outage in one line. The message of an Azure client contains the whole response.</summary>
    /// <param name="failure">The exception of the call.</param>
    public static string ReasonOf(Exception failure) => failure switch
    {
        RequestFailedException { Status: > 0 } refusal =>
            $"{refusal.Message.Trim().Split('\n')[0].Trim()} (Status Code: {refusal.Status}; Error Code: {refusal.ErrorCode ?? "none"})",

        // The attempts of a client that repeats by itself.
        AggregateException { InnerExceptions: [.., var last] } => ReasonOf(last),
        _ => failure.Message,
    };

    /// <summary>Whether an HTTP status means that the service is unavailable (RFC 9110; 429 of RFC 6585).</summary>
    public static bool IsOutage(int status) => status is 408 or 429 or 500 or 502 or 503 or 504;
}
