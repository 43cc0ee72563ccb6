using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StepFlow.Integrations.Signatures;
using StepFlow.Runtime.InMemory;
using StepFlow.Service.Access;
using StepFlow.Service.Errors;

namespace StepFlow.Service.Tests.Access;

/// <summary>What a signature must cover, and when it is too old. Real clients' signatures are tested with the clients.</summary>
public sealed class SignatureVerifierTests
{
    private const string Secret = "secret";
    private static readonly DateTimeOffset Now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly SignatureVerifier _verifier = new(new([new() { Id = "AK", Secret = Secret }]), new VirtualClock(Now));

    [Fact]
    public void Verify_GenuineRequest_FindsTheKey()
    {
        AccessDecision decision = _verifier.Verify(Signed());

        Assert.Null(decision.Refusal);
        Assert.Equal("AK", decision.Caller!.Name);
    }

    [Fact]
    public void Verify_AlteredBody_IsRefused() => Refuses(Signed() with { Body = "{\"a\":2}"u8.ToArray() }, ErrorCodes.InvalidSignature);

    [Fact]
    public void Verify_OtherOperation_IsRefused() => Refuses(Signed(altered: ("x-amz-target", "AWSStepFunctions.DeleteStateMachine")), ErrorCodes.InvalidSignature);

    [Fact]
    public void Verify_OtherHost_IsRefused() => Refuses(Signed(altered: ("host", "elsewhere")), ErrorCodes.InvalidSignature);

    [Fact]
    public void Verify_WrongSecret_IsRefused() => Refuses(Signed(secret: "other"), ErrorCodes.InvalidSignature);

    [Fact]
    public void Verify_UnknownKey_IsRefused() => Refuses(Signed(id: "OTHER"), ErrorCodes.UnrecognizedClient);

    /// <summary>What decides where a request goes, when it was made and what it does has to be signed, each of it.</summary>
    [Theory]
    [InlineData("x-amz-date;x-amz-target")]
    [InlineData("host;x-amz-target")]
    [InlineData("host;x-amz-date")]
    [InlineData("host")]
    [InlineData("x-amz-date")]
    [InlineData("x-amz-target")]
    public void Verify_HeaderNotSigned_IsRefused(string names) => Refuses(Signed(names: names.Split(';')), ErrorCodes.InvalidSignature);

    [Theory]
    [InlineData(false, "host;x-amz-date")]
    [InlineData(true, "host;x-amz-date;x-amz-target")]
    [InlineData(true, "content-type;host;x-amz-date;x-amz-target")]
    public void Verify_AllThatCountsIsSigned_IsLetIn(bool hasTarget, string names) =>
        Assert.Equal("AK", _verifier.Verify(Signed(names: names.Split(';'), hasTarget: hasTarget)).Caller?.Name);

    [Theory]
    [InlineData("20250531/us-east-1/states/aws4_request")]
    [InlineData("20250602/us-east-1/states/aws4_request")]
    public void Verify_ScopeOfAnotherDay_IsRefused(string scope) => Refuses(Signed(scope: scope), ErrorCodes.InvalidSignature);

    [Theory]
    [InlineData("20250601/eu-west-1/states/aws4_request", true)]
    [InlineData("20250601/us-east-1/states/aws4", false)]
    [InlineData("20250601/us-east-1/aws4_request", false)]
    [InlineData("20250601/us-east-1/states/other/aws4_request", false)]
    public void Verify_ScopeOfAnotherForm_IsRefused(string scope, bool letIn) =>
        Assert.Equal(letIn ? null : ErrorCodes.IncompleteSignature, _verifier.Verify(Signed(scope: scope)).Refusal?.Code);

    [Fact]
    public void Verify_AlteredSignature_IsRefused()
    {
        SignedRequest request = Signed();
        string authorization = request.Header("authorization")!;
        Refuses(With(request, "authorization", authorization[..^1] + (authorization[^1] == '0' ? '1' : '0')), ErrorCodes.InvalidSignature);
        Refuses(With(request, "authorization", authorization[..^1]), ErrorCodes.InvalidSignature);
    }

    [Theory]
    [InlineData("GET", "/", "")]
    [InlineData("POST", "/other", "")]
    [InlineData("POST", "/", "a=1")]
    public void Verify_AlteredRequestLine_IsRefused(string method, string path, string query) =>
        Refuses(Signed() with { Method = method, Path = path, Query = query }, ErrorCodes.InvalidSignature);

    [Theory]
    [InlineData(-301, "Signature expired: 20250601T115459Z is now earlier than 20250601T115500Z (20250601T120000Z - 5 min.)")]
    [InlineData(301, "Signature not yet current: 20250601T120501Z is still later than 20250601T120500Z (20250601T120000Z + 5 min.)")]
    public void Verify_OutsideTheClockSkew_IsRefused(int seconds, string message)
    {
        AccessDecision decision = _verifier.Verify(Signed(at: Now.AddSeconds(seconds)));

        Assert.Equal(ErrorCodes.InvalidSignature, decision.Refusal!.Code);
        Assert.Equal(message, decision.Refusal.Message);
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(-1)]
    [InlineData(300)]
    public void Verify_InsideTheClockSkew_IsLetIn(int seconds) => Assert.Null(_verifier.Verify(Signed(at: Now.AddSeconds(seconds))).Refusal);

    [Fact]
    public void Verify_Unsigned_IsRefused() => Refuses(new("POST", "/", string.Empty, _ => null, Array.Empty<byte>()), ErrorCodes.MissingAuthenticationToken);

    [Theory]
    [InlineData("Bearer x", "'AWS4-HMAC-SHA256'")]
    [InlineData("AWS4-HMAC-SHA256Credential=AK/20250601/us-east-1/states/aws4_request", "'AWS4-HMAC-SHA256'")]
    [InlineData("AWS4-HMAC-SHA256 nothing", "'Credential' parameter")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AK", "'Credential' parameter")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AK/20250601/us-east-1/states/aws4_request", "'Signature' parameter")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AK/20250601/us-east-1/states/aws4_request, Signature=x", "'SignedHeaders' parameter")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AK/20250601/us-east-1/states/aws4_request,SignedHeaders=host,Signature=x", "existence of either a 'X-Amz-Date' or a 'Date' header")]
    public void Verify_HalfAHeader_IsRefused(string authorization, string missing)
    {
        AccessDecision decision = _verifier.Verify(new("POST", "/", string.Empty, name => name == "authorization" ? authorization : null, Array.Empty<byte>()));

        Assert.Equal(new(ErrorCodes.IncompleteSignature, $"Authorization header requires {missing}.", 403), decision.Refusal);
    }

    [Theory]
    [InlineData("20250601")]
    [InlineData("2025-06-01T12:00:00Z")]
    [InlineData("20250601T120000")]
    [InlineData("")]
    public void Verify_DateOfAnotherForm_IsRefused(string date) => Refuses(Signed(altered: ("x-amz-date", date)), ErrorCodes.IncompleteSignature);

    [Fact]
    public void Verify_WithoutKeys_LetsEveryoneIn() =>
        Assert.Null(new SignatureVerifier(AccessKeys.None, TimeProvider.System).Verify(new("POST", "/", string.Empty, _ => null, Array.Empty<byte>())).Refusal);

    private void Refuses(SignedRequest request, string code)
    {
        AccessDecision decision = _verifier.Verify(request);
        Assert.Equal(code, decision.Refusal?.Code);
        Assert.Null(decision.Caller);
    }

    /// <summary>A request signed according to the specification, independent of the code under test.</summary>
    private static SignedRequest Signed(
        string id = "AK",
        string secret = Secret,
        DateTimeOffset? at = null,
        string[]? names = null,
        (string Name, string Value)? altered = null,
        string? scope = null,
        bool hasTarget = true)
    {
        string date = (at ?? Now).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        scope ??= $"{date[..8]}/us-east-1/states/aws4_request";
        var headers = new Dictionary<string, string> { ["content-type"] = "application/x-amz-json-1.0", ["host"] = "localhost:7071", ["x-amz-date"] = date };
        if (hasTarget)
        {
            headers["x-amz-target"] = "AWSStepFunctions.ListActivities";
        }

        byte[] body = "{\"a\":1}"u8.ToArray();
        names ??= ["host", "x-amz-date", "x-amz-target"];
        string canonical = $"POST\n/\n\n{string.Concat(names.Select(name => $"{name}:{headers[name]}\n"))}\n{string.Join(';', names)}\n{Hex(SHA256.HashData(body))}";
        string toSign = $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (string part in scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        string signature = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        headers["authorization"] = $"AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={string.Join(';', names)}, Signature={signature}";
        var request = new SignedRequest("POST", "/", string.Empty, headers.GetValueOrDefault, body);
        return altered is var (alteredName, value) ? With(request, alteredName, value) : request;
    }

    private static SignedRequest With(SignedRequest request, string header, string value) =>
        request with { Header = name => name == header ? value : request.Header(name) };

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
