using System.Globalization;

namespace StepFlow.Integrations.Responses;

/// <summary>
/// The members that an optimised integration adds to a service's response: <c>SdkHttpMetadata</c> and <c>SdkResponseMetadata</c>.
/// SDK integrations, and the services of Azure, do not have them.
/// </summary>
internal static class SdkMetadata
{
    public const string Json10 = "application/x-amz-json-1.0";

    /// <summary>Adds the metadata where the call is an optimised integration's.</summary>
    /// <param name="time">The time of the response.</param>
    /// <param name="contentType">The response's media type.</param>
    /// <param name="contentLength">The response's length in bytes.</param>
    /// <param name="extra">The headers beyond these; the services spell <c>Connection</c> differently.</param>
    public static JsonObjectBuilder AddTo(
        JsonObjectBuilder response,
        TaskCall call,
        DateTimeOffset time,
        string contentType,
        long contentLength,
        params ReadOnlySpan<(string Name, string Value)> extra)
    {
        if (call.Resource.IsSdk || call.Resource.Service.StartsWith("azure:", StringComparison.Ordinal))
        {
            return response;
        }

        string requestId = RequestId.For(call.IdempotencyKey);
        List<(string Name, string Value)> headers =
        [
            ("Content-Length", contentLength.ToString(CultureInfo.InvariantCulture)),
            ("Content-Type", contentType),
            ("Date", time.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture)),
            ("x-amzn-RequestId", requestId),
            .. extra,
        ];
        return AddTo(response, headers.Select(static header => KeyValuePair.Create(header.Name, header.Value)), requestId);
    }

    /// <summary>Adds the metadata of a response.</summary>
    public static JsonObjectBuilder AddTo(JsonObjectBuilder response, IEnumerable<KeyValuePair<string, string>> headers, string requestId)
    {
        var single = new JsonObjectBuilder();
        var all = new JsonObjectBuilder();
        foreach ((string name, string value) in headers)
        {
            single.Set(name, value);
            all.Set(name, JsonArray.Create(value));
        }

        return response
            .Set("SdkHttpMetadata", JsonObject.Create(("AllHttpHeaders", all.Build()), ("HttpHeaders", single.Build()), ("HttpStatusCode", 200)))
            .Set("SdkResponseMetadata", JsonObject.Create(("RequestId", requestId)));
    }
}
