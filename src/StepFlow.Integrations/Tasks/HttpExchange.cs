namespace StepFlow.Integrations.Tasks;

/// <summary>The request and the response of an HTTP task (API types <c>InspectionDataRequest</c> and <c>InspectionDataResponse</c>).</summary>
public sealed record HttpExchange
{
    /// <summary>The scheme: <c>https</c> or <c>http</c>.</summary>
    public required string Protocol { get; init; }

    public required string Method { get; init; }

    /// <summary>The URL with its query.</summary>
    public required ExchangedText Url { get; init; }

    /// <summary>The headers of the request, in order.</summary>
    public required IReadOnlyList<KeyValuePair<string, ExchangedText>> RequestHeaders { get; init; }

    public string? RequestBody { get; init; }

    /// <summary>The status of the response; null if there was no response.</summary>
    public int? StatusCode { get; init; }

    public string? StatusText { get; init; }

    /// <summary>The headers of the response, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders { get; init; } = [];

    /// <summary>The body of the response; null if there was no response, or if it is too large.</summary>
    public string? ResponseBody { get; init; }
}
