using StepFlow.Integrations.Signatures;
using StepFlow.Runtime.InMemory;
using StepFlow.Service.Access;

namespace StepFlow.Service.Tests.Access;

/// <summary>What the signer signs, the verifier accepts, and nothing else.</summary>
public sealed class RequestSignerTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("GET", "http://127.0.0.1:7071/api/statemachines?maxResults=5&nextToken=a%2Fb%3D", "")]
    [InlineData("POST", "https://host.example/api/statemachines/arn%3Aaws%3Astates%3Aus-east-1%3A1%3AstateMachine%3Am/executions", "{\"input\":{}}")]
    [InlineData("DELETE", "https://host.example/api/activities/%C3%A4%20b", "")]
    [InlineData("GET", "https://host.example?b=2&a=3&a=1&c&=d&%41=x+y", "")]
    public void Sign_ARequest_IsVerifiedOnlyAsItIs(string method, string url, string body)
    {
        var signer = new RequestSigner(new("AK", "secret"), "us-east-1", "states", new VirtualClock(Now));
        var target = new Uri(url);
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(body);
        Dictionary<string, string> headers = signer.Sign(method, target, bytes).ToDictionary(header => header.Name.ToLowerInvariant(), header => header.Value);
        headers["host"] = target.Authority;
        var request = new SignedRequest(method, target.AbsolutePath, target.Query.TrimStart('?'), headers.GetValueOrDefault, bytes);

        Assert.Equal("AK", Verify(request, "secret").Caller?.Name);
        Assert.NotNull(Verify(request, "other").Refusal);
        Assert.NotNull(Verify(request with { Body = "x"u8.ToArray() }, "secret").Refusal);
        Assert.NotNull(Verify(request with { Path = request.Path + "/redrive" }, "secret").Refusal);
        Assert.DoesNotContain(headers.Values, value => value.Contains("secret", StringComparison.Ordinal));
    }

    private static AccessDecision Verify(SignedRequest request, string secret) =>
        new SignatureVerifier(new([new() { Id = "AK", Secret = secret }]), new VirtualClock(Now)).Verify(request);
}
