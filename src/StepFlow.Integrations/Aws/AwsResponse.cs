using StepFlow.Integrations.Functions;

namespace StepFlow.Integrations.Aws;

/// <summary>The response of a service of AWS.</summary>
internal sealed record AwsResponse(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The body as JSON; null where it is not JSON.</summary>
    public JsonValue? Json => FunctionResponse.Parse(Body);

    /// <summary>The request's id, as the service gave it; null where it gave none.</summary>
    public string? RequestId => Header("x-amzn-requestid") ?? Header("x-amz-request-id");

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>A header; null where it is absent.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
