namespace StepFlow.Integrations.Rest;

/// <summary>
/// An operation that a request started and that ends later, by the conventions of Azure Resource Manager ("Asynchronous
/// operations"): how its state is read, and where its result is.
/// </summary>
/// <param name="Kind">How its state is read.</param>
/// <param name="Url">The URL of its state.</param>
internal sealed record RestOperation(RestOperationKind Kind, Uri Url, Uri Request)
{
    /// <summary>The URL of the result after a success; null if the last response has it.</summary>
    public Uri? Result { get; init; }

    /// <summary>The URL for cancelling it; null for that of the target's settings.</summary>
    public Uri? Cancellation { get; init; }

    /// <summary>The time until its state is read first; null if the service does not set it.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How often its state was read.</summary>
    public int Polls { get; init; }

    /// <summary>The operation of a response; null if the response is the end.</summary>
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

    /// <summary>Whether a response shows that an earlier attempt of the same call was accepted.</summary>
    public static bool IsRepetition(RestRequest request, RestResponse response) => request.ConflictIsRepetition && response.Status == 409;

    /// <summary>The operation, to be found again after a restart.</summary>
    public JsonObject ToNote() => new JsonObjectBuilder()
        .Set("Kind", Kind.ToString())
        .Set("Url", Url.AbsoluteUri)
        .Set("Request", Request.AbsoluteUri)
        .SetIfPresent("Result", Result is { } result ? new JsonString(result.AbsoluteUri) : null)
        .SetIfPresent("Cancellation", Cancellation is { } cancellation ? new JsonString(cancellation.AbsoluteUri) : null)
        .Set("Asked", Polls)
        .Build();

    public static RestOperation FromNote(JsonObject note) => new(Enum.Parse<RestOperationKind>(note.Text("Kind")!), new(note.Text("Url")!), new(note.Text("Request")!))
    {
        Result = note.Text("Result") is { } result ? new(result) : null,
        Cancellation = note.Text("Cancellation") is { } cancellation ? new(cancellation) : null,
        Polls = note["Asked"] is JsonNumber number && number.TryGetInt64(out long polls) ? (int)polls : 0,
    };

    /// <summary>The final state of the operation in a response; null while it runs.</summary>
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

    /// <summary>The final status of an orchestration of Durable Functions, whose response is always 200. A response without a status is a success.</summary>
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

/// <summary>How the state of an operation is read.</summary>
internal enum RestOperationKind
{
    /// <summary>At a separate URL, whose response has its <c>status</c> (<c>Azure-AsyncOperation</c>).</summary>
    Status,

    /// <summary>At a URL that returns 202 until it has ended (<c>Location</c>).</summary>
    Location,

    /// <summary>At the resource itself, by its <c>provisioningState</c>.</summary>
    Resource,
}
