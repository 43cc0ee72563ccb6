using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using StepFlow.Integrations.Signatures;

namespace StepFlow.Integrations.Tests.Aws;

/// <summary>Services of AWS on one port: refuses a request whose signature is not right, and responds to others as scripted, by target or path.</summary>
internal sealed class AwsServer : IAsyncDisposable
{
    public const string KeyId = "AKIDEXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly ConcurrentDictionary<string, Func<AwsServerRequest, ScriptedResponse>> _responses = new(StringComparer.Ordinal);
    private readonly TestServer _server;

    private AwsServer(Func<AwsServer, TestServer> server) => _server = server(this);

    public string Url => _server.Url;

    public ConcurrentQueue<AwsServerRequest> Requests { get; } = new();

    public static async Task<AwsServer> StartAsync()
    {
        AwsServer? self = null;
        TestServer server = await TestServer.StartAsync(context => self!.RespondAsync(context));
        return self = new(_ => server);
    }

    /// <summary>Responds to a target such as <c>DynamoDB_20120810.GetItem</c>, or a path.</summary>
    public AwsServer On(string what, Func<AwsServerRequest, ScriptedResponse> response)
    {
        _responses[what] = response;
        return this;
    }

    public AwsServer On(string what, int status, string body, params (string Name, string Value)[] headers) => On(what, _ => new(status, body, headers));

    /// <summary>The settings that send Resources to this server, with the account <c>main</c>.</summary>
    public (string Setting, string Value)[] Settings(params string[] resources) =>
    [
        .. resources.Select(static resource => ($"Resources:{(resource.StartsWith("arn:", StringComparison.Ordinal) ? string.Empty : "arn:aws:states:::")}{resource.Split(".sync")[0]}:Aws", "main")),
        ("Aws:main:Region", "eu-west-1"),
        ("Aws:main:Endpoint", Url),
        ("Aws:main:AccessKeyId", KeyId),
        ("Aws:main:SecretAccessKey", Secret),
    ];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task RespondAsync(HttpContext context)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
        var request = new AwsServerRequest(
            context.Request.Headers["X-Amz-Target"].ToString(),
            context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget,
            System.Text.Encoding.UTF8.GetString(copy.ToArray()),
            context.Request.Headers.ToDictionary(static header => header.Key.ToLowerInvariant(), static header => header.Value.ToString()));
        Requests.Enqueue(request);
        bool isSts = request.Body.Contains("AssumeRoleWithWebIdentity", StringComparison.Ordinal);
        ScriptedResponse response = !isSts && !IsSigned(context, request, copy.ToArray())
            ? new(403, """{"__type":"InvalidSignatureException","message":"The request signature we calculated does not match."}""")
            : _responses.TryGetValue(isSts ? "sts" : request.Target.Length > 0 ? request.Target : request.RawTarget, out Func<AwsServerRequest, ScriptedResponse>? scripted) ? scripted(request)
            : new(400, """{"__type":"UnknownOperationException"}""");
        context.Response.StatusCode = response.Status;
        context.Response.Headers["x-amzn-RequestId"] = "11111111-2222-3333-4444-555555555555";
        foreach ((string name, string value) in response.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(response.Body, context.RequestAborted);
    }

    private static bool IsSigned(HttpContext context, AwsServerRequest request, byte[] body)
    {
        string[] fields = request.Headers.GetValueOrDefault("authorization", string.Empty).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 4 || fields[0] != SignatureV4.Algorithm)
        {
            return false;
        }

        string[] credential = fields[1]["Credential=".Length..].Split('/', 2);
        string[] names = fields[2]["SignedHeaders=".Length..].Split(';');
        string[] target = request.RawTarget.Split('?');
        var signed = new SignedRequest(context.Request.Method, target[0], target.Length > 1 ? target[1] : string.Empty, request.Headers.GetValueOrDefault, body);
        return credential[0] == KeyId
            && names.Contains("host") && names.Contains("x-amz-date") && (request.Target.Length == 0 || names.Contains("x-amz-target"))
            && fields[3] == "Signature=" + SignatureV4.Sign(Secret, request.Headers["x-amz-date"], credential[1], signed, names);
    }
}

/// <summary>A request that came.</summary>
internal sealed record AwsServerRequest(string Target, string RawTarget, string Body, IReadOnlyDictionary<string, string> Headers);
