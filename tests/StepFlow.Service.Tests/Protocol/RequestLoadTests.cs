using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using StepFlow.Language.Json;
using StepFlow.Service.Protocol;
using StepFlow.Service.Tests.Hosting;
using StepFlow.Testing;

namespace StepFlow.Service.Tests.Protocol;

/// <summary>A server that has as much to do as it may refuses what comes besides with 429, and takes it later.</summary>
public sealed class RequestLoadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Executions_AsManyAsAllowed_RefuseStartsUntilOneEnds()
    {
        int executions = 3;
        await using TestServer server = await TestServer.StartAsync(load: new(RequestLimits.None with { Executions = 3 }, () => Volatile.Read(ref executions), TimeProvider.System));
        string machine = TestService.Text(await server.Test.CallAsync("CreateStateMachine", ("name", "m"), ("definition", TestService.PassDefinition), ("roleArn", TestService.Role)), "stateMachineArn");

        foreach ((string operation, HttpStatusCode status) in ((string, HttpStatusCode)[])[("StartExecution", HttpStatusCode.TooManyRequests), ("StartSyncExecution", HttpStatusCode.TooManyRequests), ("DescribeStateMachine", HttpStatusCode.OK)])
        {
            using HttpResponseMessage response = await SendAsync(server, operation, JsonObject.Create(("stateMachineArn", machine)));
            Assert.Equal(status, response.StatusCode);
        }

        using HttpResponseMessage refused = await SendAsync(server, "StartExecution", JsonObject.Create(("stateMachineArn", machine)));
        var error = (JsonObject)JsonValue.Parse(await refused.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(("ThrottlingException", TimeSpan.FromSeconds(1)), (TestService.Text(error, "__type"), refused.Headers.RetryAfter!.Delta));
        Volatile.Write(ref executions, 2);
        await Eventually(async () => (await SendAsync(server, "StartExecution", JsonObject.Create(("stateMachineArn", machine)))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task AwsCli_RefusedTwice_TriesAgainByItself()
    {
        int asked = 0;
        await using TestServer server = await TestServer.StartAsync(load: new(RequestLimits.None with { Executions = 1 }, () => Interlocked.Increment(ref asked) <= 2 ? 1 : 0, TimeProvider.System));
        string machine = TestService.Text(await server.Test.CallAsync("CreateStateMachine", ("name", "m"), ("definition", TestService.PassDefinition), ("roleArn", TestService.Role)), "stateMachineArn");

        (int exit, _, string error) = await ClientProcess.RunAsync(
            server.Address, "aws", ["--endpoint-url", server.Address.ToString(), "stepfunctions", "start-execution", "--state-machine-arn", machine], Cancellation, attempts: 4);

        Assert.True(exit == 0, error);
        Assert.True(asked > 2);
    }

    [Fact]
    public async Task LongPolls_AsManyAsAllowed_RefuseOtherRequestsUntilOneEnds()
    {
        await using TestServer server = await TestServer.StartAsync(load: new(RequestLimits.None with { Requests = 2 }, static () => 0, TimeProvider.System));
        string activity = TestService.Text(await server.Test.CallAsync("CreateActivity", ("name", "a")), "activityArn");
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task[] polls = [.. Enumerable.Range(0, 2).Select(_ => PollAsync(server, activity, gone.Token))];

        await Eventually(async () => (await SendAsync(server, "ListActivities", JsonObject.Empty)).StatusCode == HttpStatusCode.TooManyRequests);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(polls));
        await Eventually(async () => (await SendAsync(server, "ListActivities", JsonObject.Empty)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Bodies_MoreBytesThanAllowed_AreRefusedUntilTheFirstHasEnded()
    {
        await using TestServer server = await TestServer.StartAsync(load: new(RequestLimits.None with { Bytes = 1000 }, static () => 0, TimeProvider.System));

        // The server ends a body that is too slow, on a busy machine perhaps before the next request: then another one is announced.
        var announced = new List<TcpClient>();
        await Eventually(async () =>
        {
            announced.Add(await AnnounceAsync(server));
            return (await SendAsync(server, "ListActivities", new JsonObjectBuilder().Set("nextToken", new string('x', 200)).Build())).StatusCode == HttpStatusCode.TooManyRequests;
        });
        announced.ForEach(static slow => slow.Dispose());

        await Eventually(async () => (await SendAsync(server, "ListActivities", JsonObject.Create(("maxResults", 10)))).IsSuccessStatusCode);
    }

    /// <summary>Polls; again where another request, such as the test's own, had the place.</summary>
    private static async Task PollAsync(TestServer server, string activity, CancellationToken cancellationToken)
    {
        while ((await SendAsync(server, "GetActivityTask", JsonObject.Create(("activityArn", activity)), cancellationToken)).StatusCode == HttpStatusCode.TooManyRequests)
        {
            // Real time on purpose: the server's own threads work.
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }
    }

    /// <summary>Announces a body that is never sent.</summary>
    private static async Task<TcpClient> AnnounceAsync(TestServer server)
    {
        var slow = new TcpClient();
        await slow.ConnectAsync(IPAddress.Loopback, server.Address.Port, Cancellation);
        await slow.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: AWSStepFunctions.ListActivities\r\nContent-Length: 900\r\n\r\n{"), Cancellation);
        return slow;
    }

    private static async Task Eventually(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            // Real time on purpose: the server's own threads work.
            await Task.Delay(TimeSpan.FromMilliseconds(10), Cancellation);
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(TestServer server, string operation, JsonObject request, CancellationToken? cancellationToken = null)
    {
        using var client = new HttpClient();
        using var message = new HttpRequestMessage(HttpMethod.Post, server.Address)
        {
            Content = new ByteArrayContent(request.ToUtf8()) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0") } },
        };
        message.Headers.Add("X-Amz-Target", "AWSStepFunctions." + operation);
        return await client.SendAsync(message, cancellationToken ?? Cancellation);
    }
}
