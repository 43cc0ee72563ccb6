namespace StepFlow.Integrations.Aws;

/// <summary>A request to a service of AWS.</summary>
/// <param name="Name">Service and operation, for messages.</param>
/// <param name="Url">The address.</param>
/// <param name="Region">The region that is called.</param>
/// <param name="SigningName">The service's name in signatures.</param>
internal sealed record AwsRequest(string Name, Uri Url, string Region, string SigningName)
{
    public byte[] Body { get; init; } = [];

    /// <summary>The body's media type.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>Headers, which are signed too.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The minimum timeout in seconds. It overrides a shorter one of the settings.</summary>
    public int LeastSeconds { get; init; }
}
