using StepFlow.Integrations.Signatures;

namespace StepFlow.Integrations.Tests.Signatures;

/// <summary>
/// Signatures against those of AWS's own test suite for Signature Version 4 (key <c>AKIDEXAMPLE</c>, service
/// <c>service</c>, 30 August 2015), and what requests that mean the same have in common.
/// </summary>
public sealed class SignatureV4Tests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Date = "20150830T123600Z";
    private const string Scope = "20150830/us-east-1/service/aws4_request";

    [Theory]
    [InlineData("GET", "/", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("GET", "", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "/", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("GET", "/", "Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("GET", "/", "Param1=value2&Param1=Value1", "eedbc4e291e521cf13422ffca22be7d2eb8146eecf653089df300a15b2382bd1")]
    public void Sign_RequestOfTheSuite_HasItsSignature(string method, string path, string query, string signature) =>
        Assert.Equal(signature, Sign(method, path, query, name => name == "host" ? "example.amazonaws.com" : Date));

    [Theory]
    [InlineData("a=1&b=2", "b=2&a=1", true)]
    [InlineData("a=1&a=2", "a=2&a=1", true)]
    [InlineData("a", "a=", true)]
    [InlineData("a=%41", "a=A", true)]
    [InlineData("a=%2F", "a=/", true)]
    [InlineData("&a=1&", "a=1", true)]
    [InlineData("a=1", "a=2", false)]
    [InlineData("a=1", "b=1", false)]
    [InlineData("a=1=2", "a=1", false)]
    [InlineData("a=1&b=2", "a=2&b=1", false)]
    public void Sign_QueriesThatMeanTheSame_AreSignedAlike(string one, string other, bool alike) =>
        Assert.Equal(alike, Sign("GET", "/", one, Headers) == Sign("GET", "/", other, Headers));

    [Theory]
    [InlineData("  a   b ", "a b", true)]
    [InlineData("a", "b", false)]
    [InlineData("a b", "ab", false)]
    [InlineData(null, "", true)]
    [InlineData(null, "a", false)]
    public void Sign_HeadersThatDifferInSpaces_AreSignedAlike(string? one, string other, bool alike) =>
        Assert.Equal(alike, Sign("GET", "/", string.Empty, _ => one) == Sign("GET", "/", string.Empty, _ => other));

    [Fact]
    public void Text_OfAnInstant_IsInUniversalTime() =>
        Assert.Equal("20240229T230000Z", SignatureV4.Text(new(2024, 3, 1, 1, 0, 0, TimeSpan.FromHours(2))));

    private static string Headers(string name) => name;

    private static string Sign(string method, string path, string query, Func<string, string?> header) =>
        SignatureV4.Sign(Secret, Date, Scope, new(method, path, query, header, ReadOnlyMemory<byte>.Empty), ["host", "x-amz-date"]);
}
