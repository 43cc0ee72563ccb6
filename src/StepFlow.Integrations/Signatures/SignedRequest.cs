namespace StepFlow.Integrations.Signatures;

/// <summary>The signed parts of a request.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, as it was sent.</param>
/// <param name="Query">The query without its question mark, as it was sent.</param>
/// <param name="Header">A header's value by its name in lower case; several values joined by commas; null where it is not there.</param>
public sealed record SignedRequest(string Method, string Path, string Query, Func<string, string?> Header, ReadOnlyMemory<byte> Body);
