using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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
        Assert.Equal("AK", decision.Key!.Id);
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

    [Fact]
    public void Verify_TargetNotSigned_IsRefused() => Refuses(Signed(names: ["host", "x-amz-date"]), ErrorCodes.InvalidSignature);

    [Theory]
    [InlineData(-6, "Signature expired: 20250601T115400Z is now earlier than 20250601T115500Z (20250601T120000Z - 5 min.)")]
    [InlineData(6, "Signature not yet current: 20250601T120600Z is still later than 20250601T120500Z (20250601T120000Z + 5 min.)")]
    public void Verify_OutsideTheClockSkew_IsRefused(int minutes, string message)
    {
        AccessDecision decision = _verifier.Verify(Signed(at: Now.AddMinutes(minutes)));

        Assert.Equal(ErrorCodes.InvalidSignature, decision.Refusal!.Code);
        Assert.Equal(message, decision.Refusal.Message);
    }

    [Theory]
    [InlineData(-4)]
    [InlineData(4)]
    public void Verify_InsideTheClockSkew_IsLetIn(int minutes) => Assert.Null(_verifier.Verify(Signed(at: Now.AddMinutes(minutes))).Refusal);

    [Fact]
    public void Verify_Unsigned_IsRefused() => Refuses(new("POST", "/", string.Empty, _ => null, Array.Empty<byte>()), ErrorCodes.MissingAuthenticationToken);

    [Theory]
    [InlineData("Bearer x")]
    [InlineData("AWS4-HMAC-SHA256 nothing")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AK/20250601/us-east-1/states/aws4_request")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AK/20250601/us-east-1/states/aws4_request, Signature=x")]
    public void Verify_HalfAHeader_IsRefused(string authorization) =>
        Refuses(new("POST", "/", string.Empty, name => name == "authorization" ? authorization : null, Array.Empty<byte>()), ErrorCodes.IncompleteSignature);

    [Fact]
    public void Verify_WithoutKeys_LetsEveryoneIn() =>
        Assert.Null(new SignatureVerifier(AccessKeys.None, TimeProvider.System).Verify(new("POST", "/", string.Empty, _ => null, Array.Empty<byte>())).Refusal);

    private void Refuses(SignedRequest request, string code)
    {
        AccessDecision decision = _verifier.Verify(request);
        Assert.Equal(code, decision.Refusal?.Code);
        Assert.Null(decision.Key);
    }

    /// <summary>A request signed as the specification says, independent of the code under test.</summary>
    private static SignedRequest Signed(
        string id = "AK", string secret = Secret, DateTimeOffset? at = null, string[]? names = null, (string Name, string Value)? altered = null)
    {
        string date = (at ?? Now).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string scope = $"{date[..8]}/us-east-1/states/aws4_request";
        var headers = new Dictionary<string, string> { ["host"] = "localhost:7071", ["x-amz-date"] = date, ["x-amz-target"] = "AWSStepFunctions.ListActivities" };
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
        if (altered is var (alteredName, value))
        {
            headers[alteredName] = value;
        }

        return new("POST", "/", string.Empty, headers.GetValueOrDefault, body);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
