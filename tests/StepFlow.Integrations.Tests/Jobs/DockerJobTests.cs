using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Jobs;

/// <summary>Jobs that are containers, with a server that has the Docker Engine API. No engine is needed here.</summary>
public sealed class DockerJobTests
{
    [Fact]
    public async Task Container_RunsToItsEnd_AndItsResultHasTheServicesForm()
    {
        await using var engine = await EngineDouble.StartAsync();
        await using TestIntegrations integrations = Integrations(engine);
        engine.Ends(0, "done");

        JsonObject result = await integrations.CompleteAsync("ecs:runTask.sync", """{"TaskDefinition":"encode","Overrides":{"ContainerOverrides":[{"Command":["--fast"],"Environment":[{"Name":"A","Value":"1"}]}]}}""");

        var container = (JsonObject)((JsonArray)result["Containers"]!)[0];
        Assert.Equal(0, container["ExitCode"]);
        JsonObject created = Assert.Single(engine.Created);
        Assert.Equal(("encoder:1", JsonValue.Parse("""["--fast"]""")), (created["Image"], created["Cmd"]));
        string[] environment = [.. ((JsonArray)created["Env"]!).Select(static one => ((JsonString)one).Value)];
        Assert.Contains("A=1", environment);
        Assert.Contains("OUT=/data", environment);
        Assert.Contains("STEPFLOW_IDEMPOTENCY_KEY=call-1", environment);
    }

    [Fact]
    public async Task Container_ThatFails_FailsWithTheEndOfItsOutput()
    {
        await using var engine = await EngineDouble.StartAsync();
        await using TestIntegrations integrations = Integrations(engine);
        engine.Ends(3, "no such file");

        TaskRejected rejected = await integrations.RejectAsync("ecs:runTask.sync", """{"TaskDefinition":"encode"}""");

        Assert.Equal("States.TaskFailed", rejected.Error);
        Assert.Contains("no such file", rejected.Cause, StringComparison.Ordinal);
        Assert.Contains("exited with code 3", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repetition_FindsTheContainer_AndStartsNone()
    {
        await using var engine = await EngineDouble.StartAsync();
        await using TestIntegrations integrations = Integrations(engine);
        engine.Ends(0, "done");
        await integrations.CompleteAsync("ecs:runTask.sync", """{"TaskDefinition":"encode"}""");

        await integrations.CompleteAsync("ecs:runTask.sync", """{"TaskDefinition":"encode"}""");

        Assert.Single(engine.Created);
        Assert.Equal(1, engine.Starts);
    }

    [Fact]
    public async Task Image_ThatIsNotThere_IsPulled()
    {
        await using var engine = await EngineDouble.StartAsync();
        engine.LacksImage = true;
        await using TestIntegrations integrations = Integrations(engine);

        await integrations.CompleteAsync("ecs:runTask", """{"TaskDefinition":"encode"}""");

        Assert.Equal(1, engine.Pulls);
        Assert.Single(engine.Created);
    }

    [Fact]
    public async Task TaskThatIsCancelled_StopsItsContainer()
    {
        await using var engine = await EngineDouble.StartAsync();
        await using TestIntegrations integrations = Integrations(engine);
        using var giveUp = new CancellationTokenSource();
        Task<TaskOutcome> run = integrations.Runner.RunAsync(TestIntegrations.Call("ecs:runTask.sync", """{"TaskDefinition":"encode"}"""), giveUp.Token);
        await engine.Started.WaitAsync(TestContext.Current.CancellationToken);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(1, engine.Stops);
    }

    [Fact]
    public async Task Engine_ThatDoesNotRespond_IsAnOutage()
    {
        await using var integrations = new TestIntegrations([("Jobs:encode:Image", "encoder:1"), ("Docker:Endpoint", "http://127.0.0.1:1")]);

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => integrations.RunAsync("ecs:runTask", """{"TaskDefinition":"encode"}"""));

        Assert.True(Outages.IsOutage(failure), failure.ToString());
    }

    private static TestIntegrations Integrations(EngineDouble engine) => new(
        [("Jobs:encode:Image", "encoder:1"), ("Jobs:encode:Environment:OUT", "/data"), ("Docker:Endpoint", engine.Url)]);

    /// <summary>A Docker engine that runs nothing: its containers end when the test ends them.</summary>
    private sealed class EngineDouble : IAsyncDisposable
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TestServer _server;
        private (int Code, string Log)? _end;
        private bool _exists;
        private bool _runs;

        private EngineDouble(Func<EngineDouble, TestServer> server) => _server = server(this);

        public string Url => _server.Url;

        public ConcurrentQueue<JsonObject> Created { get; } = new();

        public Task Started => _started.Task;

        public bool LacksImage { get; set; }

        public int Starts { get; private set; }

        public int Stops { get; private set; }

        public int Pulls { get; private set; }

        public static async Task<EngineDouble> StartAsync()
        {
            EngineDouble? self = null;
            TestServer server = await TestServer.StartAsync(context => self!.RespondAsync(context));
            return self = new(_ => server);
        }

        public void Ends(int code, string log) => _end = (code, log);

        public ValueTask DisposeAsync() => _server.DisposeAsync();

        private async Task RespondAsync(HttpContext context)
        {
            string path = context.Request.Path.Value!;
            path = path.StartsWith("/v1.", StringComparison.Ordinal) ? path[path.IndexOf('/', 1)..] : path;
            using var reader = new StreamReader(context.Request.Body);
            string body = await reader.ReadToEndAsync(context.RequestAborted);
            string last = path[(path.LastIndexOf('/') + 1)..];
            switch (context.Request.Method, path.StartsWith("/images", StringComparison.Ordinal) ? "image" : path == "/containers/json" ? "list" : last)
            {
                case ("POST", "create"):
                    if (LacksImage || _exists)
                    {
                        await WriteAsync(context, LacksImage ? 404 : 409, """{"message":"no"}""");
                        return;
                    }

                    _exists = true;
                    Created.Enqueue((JsonObject)JsonValue.Parse(body));
                    await WriteAsync(context, 201, """{"Id":"c1","Warnings":[]}""");
                    return;
                case ("POST", "image"):
                    LacksImage = false;
                    Pulls++;
                    await WriteAsync(context, 200, """{"status":"Done"}""");
                    return;
                case ("POST", "start"):
                    _runs = true;
                    Starts++;
                    context.Response.StatusCode = 204;
                    _started.TrySetResult();
                    return;
                case ("POST", "stop"):
                    Stops++;
                    context.Response.StatusCode = 204;
                    return;
                case ("GET", "list"):
                    await WriteAsync(context, 200, "[]");
                    return;
                case ("GET", "logs"):
                    context.Response.ContentType = "application/vnd.docker.multiplexed-stream";
                    await context.Response.Body.WriteAsync(Frame(_end!.Value.Log), context.RequestAborted);
                    return;
                case ("GET", "json"):
                    string status = !_runs ? "created" : _end is null ? "running" : "exited";
                    await WriteAsync(context, 200, $$$"""{"Id":"c1","Config":{"Tty":false},"State":{"Status":"{{{status}}}","ExitCode":{{{_end?.Code ?? 0}}},"OOMKilled":false,"StartedAt":"2026-01-01T00:00:00Z","FinishedAt":"2026-01-01T00:01:00Z"}}""");
                    return;
                default:
                    await WriteAsync(context, 200, """{"ApiVersion":"1.47","MinAPIVersion":"1.24"}""");
                    return;
            }
        }

        // One frame of the standard output: its stream, three zeros, its length.
        private static byte[] Frame(string text)
        {
            byte[] content = Encoding.UTF8.GetBytes(text);
            byte[] frame = new byte[8 + content.Length];
            frame[0] = 1;
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), content.Length);
            content.CopyTo(frame, 8);
            return frame;
        }

        private static async Task WriteAsync(HttpContext context, int status, string body)
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body, context.RequestAborted);
        }
    }
}
