using System.Collections.Frozen;

namespace StepFlow.Integrations.Aws;

/// <summary>The protocol of a service with one of AWS's JSON protocols (<c>awsJson1.0</c>, <c>awsJson1.1</c>; <c>restJson1</c> if each operation is a POST with its own path).</summary>
/// <param name="Service">How its failures are signed.</param>
/// <param name="Endpoint">Its part of the host's name (<c>api.ecr</c>).</param>
/// <param name="Target">The prefix of the operation in the header <c>X-Amz-Target</c>; empty if the path has the operation.</param>
/// <param name="Version">The protocol's version: 1.0 or 1.1.</param>
internal sealed record AwsProtocol(AwsService Service, string Endpoint, string Target, string Version)
{
    /// <summary>Its name in signatures, where that is not the endpoint's.</summary>
    public string? SigningName { get; init; }

    /// <summary>Whether its members begin with small letters; definitions write them with capital letters.</summary>
    public bool IsCamelCase { get; init; }

    /// <summary>Members whose own members have names that users choose. These names are not converted.</summary>
    public FrozenSet<string> Maps { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Members that are texts. If a definition has a JSON value there, it is written as a text.</summary>
    public FrozenSet<string> Texts { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The member with the idempotency token, by operation.</summary>
    public FrozenDictionary<string, string> Tokens { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Codes of the service itself that others only have in common, so that its clients have an exception for them.</summary>
    public FrozenSet<string> Modelled { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The prefix of the operation in the path; null if a header has the operation.</summary>
    public string? Path { get; init; }

    /// <summary>The media type of requests and results.</summary>
    public string MediaType => Path is null ? $"application/x-amz-json-{Version}" : "application/json";

    /// <summary>The path of an operation, after that of the service.</summary>
    public string PathOf(string operation) => Path is null ? string.Empty : Path + operation.ToLowerInvariant();

    /// <summary>The name of an operation, for people.</summary>
    public string NameOf(string operation) => $"{(Target.Length == 0 ? Endpoint : Target)}.{operation}";

    /// <summary>The name that signatures have.</summary>
    public string Signing => SigningName ?? Endpoint;

    /// <summary>The service's address in a region (AWS General Reference, "Service endpoints").</summary>
    public static Uri Address(string endpoint, string region) => new(
        $"https://{endpoint}.{region}.amazonaws.com{(region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : string.Empty)}/");
}
