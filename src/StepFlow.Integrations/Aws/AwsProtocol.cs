using System.Collections.Frozen;
using StepFlow.Integrations.Responses;

namespace StepFlow.Integrations.Aws;

/// <summary>How a service that speaks one of AWS's JSON protocols is called (<c>awsJson1.0</c>, <c>awsJson1.1</c>).</summary>
/// <param name="Service">How its failures are signed.</param>
/// <param name="Endpoint">Its part of the host's name (<c>api.ecr</c>).</param>
/// <param name="Target">What stands before the operation in the header <c>X-Amz-Target</c>.</param>
/// <param name="Version">The protocol's version: 1.0 or 1.1.</param>
internal sealed record AwsProtocol(AwsService Service, string Endpoint, string Target, string Version)
{
    /// <summary>Its name in signatures, where that is not the endpoint's.</summary>
    public string? SigningName { get; init; }

    /// <summary>Whether its members begin with small letters; definitions write them with capital letters.</summary>
    public bool IsCamelCase { get; init; }

    /// <summary>Members whose own members are names that users choose: those stay as they are.</summary>
    public FrozenSet<string> Maps { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Members that are texts, where a definition may have a JSON value: it is written as a text.</summary>
    public FrozenSet<string> Texts { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The member by which an operation knows a repetition, by operation.</summary>
    public FrozenDictionary<string, string> Tokens { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Codes of the service itself that others only have in common, so that its clients have an exception for them.</summary>
    public FrozenSet<string> Modelled { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The media type of requests and results.</summary>
    public string MediaType => $"application/x-amz-json-{Version}";

    /// <summary>The name that signatures have.</summary>
    public string Signing => SigningName ?? Endpoint;

    /// <summary>The service's address in a region (AWS General Reference, "Service endpoints").</summary>
    public static Uri Address(string endpoint, string region) => new(
        $"https://{endpoint}.{region}.amazonaws.com{(region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : string.Empty)}/");
}
