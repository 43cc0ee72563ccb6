using Microsoft.AspNetCore.Http;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Functions;

public sealed class HttpFunctionTests
{
    private const string Resource = "arn:aws:lambda:us-east-1:000000000000:function:remote";

    [Fact]
    public async Task Call_NamesThatAreNotAscii_ArriveEncoded()
    {
        string? arn = null;
        string? key = null;
        string? state = null;
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            (arn, key, state) = (context.Request.Headers["x-stepflow-execution-arn"], context.Request.Headers["Idempotency-Key"], context.Request.Headers["x-stepflow-state"]);
            await context.Response.WriteAsync("1", TestContext.Current.CancellationToken);
        });
        await using var integrations = new TestIntegrations([("Functions:f:Url", server.Url)]);
        TaskCall call = TestIntegrations.Call("arn:aws:lambda:us-east-1:000000000000:function:f", "{}", "arn:execution:m:café/3") with
        {
            ExecutionArn = "arn:execution:m:café",
            StateName = "100% größer",
        };

        Assert.Equal(new TaskCompleted(1), await integrations.Runner.RunAsync(call, TestContext.Current.CancellationToken));

        Assert.Equal(("arn:execution:m:caf%C3%A9", "arn:execution:m:caf%C3%A9/3", "100%25 gr%C3%B6%C3%9Fer"), (arn, key, state));
    }

    [Fact]
    public async Task Call_Always_PostsThePayloadWithTheCallsKeyTraceAndDeadline()
    {
        var seen = new Dictionary<string, string>();
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            foreach (string name in (string[])["Idempotency-Key", "traceparent", "x-stepflow-execution-arn", "x-stepflow-state", "x-stepflow-deadline", "x-functions-key", "Content-Type"])
            {
                seen[name] = context.Request.Headers[name].ToString();
            }

            await context.Request.Body.CopyToAsync(context.Response.Body, TestContext.Current.CancellationToken);
        });
        await using TestIntegrations integrations = Create(server.Url, ("Functions:remote:Key", "secret"));
        TaskCall call = TestIntegrations.Call(Resource, """{"a":1}""", "key-7") with
        {
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            Deadline = DateTimeOffset.UnixEpoch,
        };

        TaskOutcome outcome = await integrations.Runner.RunAsync(call, TestContext.Current.CancellationToken);

        Assert.Equal(new TaskCompleted(JsonValue.Parse("""{"a":1}""")), outcome);
        Assert.Equal(
            ["key-7", call.TraceParent, call.ExecutionArn, "State", "1970-01-01T00:00:00.0000000+00:00", "secret", "application/json"],
            seen.Values);
    }

    [Theory]
    [InlineData(200, "text/plain", "hello", "\"hello\"")]
    [InlineData(200, "application/json", "", "null")]
    [InlineData(204, null, "", "null")]
    public async Task Call_Success_ReadsTheResult(int status, string? contentType, string body, string expected)
    {
        await using TestServer server = await ServeAsync(status, contentType, body);
        await using TestIntegrations integrations = Create(server.Url);

        TaskOutcome outcome = await integrations.RunAsync(Resource, "{}");

        Assert.Equal(new TaskCompleted(JsonValue.Parse(expected)), outcome);
    }

    [Theory]
    [InlineData(500, """{"errorType": "Mine", "errorMessage": "Own failure."}""", "Mine")]
    [InlineData(500, "boom", "Lambda.ServiceException")]
    [InlineData(503, "", "Lambda.ServiceException")]
    [InlineData(429, "", "Lambda.TooManyRequestsException")]
    [InlineData(404, "", "Lambda.ResourceNotFoundException")]
    [InlineData(400, "bad", "Lambda.InvalidRequestContentException")]
    public async Task Call_Failure_HasTheNameThatLambdaGives(int status, string body, string error)
    {
        await using TestServer server = await ServeAsync(status, "application/json", body);
        await using TestIntegrations integrations = Create(server.Url);

        TaskRejected rejected = await integrations.RejectAsync(Resource, "{}");

        Assert.Equal(error, rejected.Error);
    }

    [Fact]
    public async Task Call_NobodyListens_IsAnSdkClientException()
    {
        TestServer server = await ServeAsync(200, null, "");
        string url = server.Url;
        await server.DisposeAsync();
        await using TestIntegrations integrations = Create(url);

        TaskRejected rejected = await integrations.RejectAsync(Resource, "{}");

        Assert.Equal("Lambda.SdkClientException", rejected.Error);
        Assert.StartsWith("Unable to execute HTTP request: ", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_TooSlow_TimesOut()
    {
        await using TestServer server = await TestServer.StartAsync(static context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using TestIntegrations integrations = Create(server.Url, ("Functions:remote:TimeoutSeconds", "1"));

        TaskRejected rejected = await integrations.RejectAsync(Resource, "{}");

        Assert.Equal("Sandbox.Timedout", rejected.Error);
    }

    [Fact]
    public async Task Call_ResponseTooLarge_IsRejected()
    {
        await using TestServer server = await ServeAsync(200, "text/plain", new string('a', 100));
        await using TestIntegrations integrations = Create(server.Url, ("Functions:remote:MaxResponseBytes", "99"));

        TaskRejected rejected = await integrations.RejectAsync(Resource, "{}");

        Assert.Equal("Function.ResponseSizeTooLarge", rejected.Error);
    }

    private static TestIntegrations Create(string url, params (string, string)[] settings) =>
        new([("Functions:remote:Url", url), .. settings]);

    private static Task<TestServer> ServeAsync(int status, string? contentType, string body) => TestServer.StartAsync(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        if (body.Length > 0)
        {
            await context.Response.WriteAsync(body, TestContext.Current.CancellationToken);
        }
    });
}
