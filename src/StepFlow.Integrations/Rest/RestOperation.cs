namespace StepFlow.Integrations.Rest;

/// <summary>
/// An operation that a request began and that ends later, by the conventions of Azure Resource Manager ("Asynchronous
/// operations"): how it is asked for, and where its result is.
/// </summary>
/// <param name="Kind">How it is asked for.</param>
/// <param name="Url">Where it is asked for.</param>
/// <param name="Request">The request's own address.</param>
internal sealed record RestOperation(RestOperationKind Kind, Uri Url, Uri Request)
{
    /// <summary>Where the result is once it has ended well; null where it is in the last answer.</summary>
    public Uri? Result { get; init; }

    /// <summary>Where it is cancelled; null for what the target's settings say.</summary>
    public Uri? Cancellation { get; init; }

    /// <summary>How long to wait before it is asked for the first time; null where the service does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How often it was asked for.</summary>
    public int Asked { get; init; }

    /// <summary>The operation that an answer speaks of; null where the answer is the end.</summary>
    public static RestOperation? Of(RestRequest request, RestResponse response)
    {
        Uri? status = Address(request, response.Header("Azure-AsyncOperation") ?? response.Header("Operation-Location"));
        Uri? location = Address(request, response.Header("Location"));
        if (request.Operation is { } own && (response.Status == 202 || IsRepetition(request, response)))
        {
            return new(RestOperationKind.Location, own, request.Url) { Cancellation = request.Cancellation, RetryAfter = response.RetryAfter };
        }

        bool keepsResource = request.Method == HttpMethod.Put || request.Method == HttpMethod.Patch;
        if (!response.IsSuccess)
        {
            return null;
        }

        if (status is not null)
        {
            return new(RestOperationKind.Status, status, request.Url)
            {
                Result = keepsResource ? request.Url : request.Method == HttpMethod.Post ? location : null,
                RetryAfter = response.RetryAfter,
            };
        }

        return response.Status == 202 && location is not null ? new(RestOperationKind.Location, location, request.Url) { RetryAfter = response.RetryAfter }
            : keepsResource && ProvisioningState(response.Body) is { } state && !IsEnd(state) ? new(RestOperationKind.Resource, request.Url, request.Url) { RetryAfter = response.RetryAfter }
            : null;
    }

    /// <summary>Whether a response says that an earlier attempt of the same call was accepted.</summary>
    public static bool IsRepetition(RestRequest request, RestResponse response) => request.ConflictIsRepetition && response.Status == 409;

    /// <summary>The operation, to be found again after a restart.</summary>
    public JsonObject ToNote() => new JsonObjectBuilder()
        .Set("Kind", Kind.ToString())
        .Set("Url", Url.AbsoluteUri)
        .Set("Request", Request.AbsoluteUri)
        .SetIfPresent("Result", Result is { } result ? new JsonString(result.AbsoluteUri) : null)
        .SetIfPresent("Cancellation", Cancellation is { } cancellation ? new JsonString(cancellation.AbsoluteUri) : null)
        .Set("Asked", Asked)
        .Build();

    /// <summary>Reads a note.</summary>
    public static RestOperation FromNote(JsonObject note) => new(Enum.Parse<RestOperationKind>(note.Text("Kind")!), new(note.Text("Url")!), new(note.Text("Request")!))
    {
        Result = note.Text("Result") is { } result ? new(result) : null,
        Cancellation = note.Text("Cancellation") is { } cancellation ? new(cancellation) : null,
        Asked = note["Asked"] is JsonNumber number && number.TryGetInt64(out long asked) ? (int)asked : 0,
    };

    /// <summary>The state of the operation by the answer to a question; null while it goes on.</summary>
    public string? EndOf(RestResponse response) => Kind switch
    {
        RestOperationKind.Location => response.Status == 202 ? null : RuntimeStatus(response.Body),
        RestOperationKind.Status => response.Body is JsonObject body && body["status"] is JsonString { Value: var status } ? IsEnd(status) ? status : null : response.Status == 202 ? null : Succeeded,
        _ => ProvisioningState(response.Body) is { } state && !IsEnd(state) ? null : ProvisioningState(response.Body) ?? Succeeded,
    };

    /// <summary>The state of what ended well.</summary>
    public const string Succeeded = "Succeeded";

    private static bool IsEnd(string state) =>
        state.Equals(Succeeded, StringComparison.OrdinalIgnoreCase) || state.Equals("Failed", StringComparison.OrdinalIgnoreCase) || RestErrors.IsCanceled(state);

    /// <summary>How an orchestration of Durable Functions ended: its response is 200 in any case. What has no such status ended well.</summary>
    private static string RuntimeStatus(JsonValue body) => (body as JsonObject)?.Text("runtimeStatus") switch
    {
        null or "Completed" => Succeeded,
        "Terminated" or "Canceled" => "Canceled",
        var failed => failed,
    };

    private static string? ProvisioningState(JsonValue body) =>
        (body as JsonObject)?.Object("properties")?.Text("provisioningState");

    private static Uri? Address(RestRequest request, string? text) => text is not null && Uri.TryCreate(request.Url, text, out Uri? address) ? address : null;
}

/// <summary>How an operation is asked for.</summary>
internal enum RestOperationKind
{
    /// <summary>At an address of its own, which answers with its <c>status</c> (<c>Azure-AsyncOperation</c>).</summary>
    Status,

    /// <summary>At an address that answers 202 until it has ended (<c>Location</c>).</summary>
    Location,

    /// <summary>At the resource itself, by its <c>provisioningState</c>.</summary>
    Resource,
}
