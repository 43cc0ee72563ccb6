namespace StepFlow.Integrations.Rest;

/// <summary>The response of a REST API.</summary>
/// <param name="Body">The body: JSON, otherwise its text; the literal null if it is empty.</param>
/// <param name="Headers">The headers. Several values of one are joined by commas.</param>
internal sealed record RestResponse(int Status, JsonValue Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>How long to wait before the next request; null where the service does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>A header; null where it is absent.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The error that the body describes in Azure's form, <c>{"error": {"code": …, "message": …}}</c>; null where it describes none.</summary>
    public JsonObject? Error => Body is JsonObject body && body["error"] is JsonObject error ? error : null;
}
