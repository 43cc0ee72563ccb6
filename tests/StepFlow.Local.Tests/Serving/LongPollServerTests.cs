using System.Globalization;
using System.Net;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Serving;

/// <summary>A server that thousands of workers poll at the same time.</summary>
public sealed class LongPollServerTests : IDisposable
{
    private const int Workers = 2000;
    private const string Activity = "arn:aws:states:us-east-1:123456789012:activity:work";

    private const string Definition = """
        {"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"T","States":{
          "T":{"Type":"Task","Resource":"arn:aws:states:us-east-1:123456789012:activity:work","End":true}}},"End":true}}}
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Polls_ByTheThousand_GetOneTaskEachAndLeaveTheServerFree()
    {
        _folder.File("machines/m.asl.json", Definition);
        string configuration = _folder.File("stepflow.json", """{"StateMachines":{"Folder":"machines"}}""");
        using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), configuration, Cancellation);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(server.Url), Timeout = Timeout.InfiniteTimeSpan };
        await CallAsync(client, "CreateActivity", JsonObject.Create(("name", "work")));
        Task<JsonObject>[] polls = [.. Enumerable.Range(0, Workers).Select(worker => CallAsync(
            client, "GetActivityTask", JsonObject.Create(("activityArn", Activity), ("workerName", worker.ToString(CultureInfo.InvariantCulture)))))];

        // Others are served while they wait, and so is the start of what they wait for.
        Assert.NotNull((await server.GetAsync("api/statemachines", Cancellation))["stateMachines"]);
        string input = "[" + string.Join(",", Enumerable.Range(0, Workers)) + "]";
        JsonObject started = await CallAsync(client, "StartExecution", JsonObject.Create(
            ("stateMachineArn", "arn:aws:states:us-east-1:123456789012:stateMachine:m"), ("input", input)));

        JsonObject[] tasks = await Task.WhenAll(polls);
        Assert.Equal(Workers, tasks.Select(static task => ((JsonString)task["taskToken"]!).Value).Distinct().Count());
        Assert.Equal(Workers, tasks.Select(static task => ((JsonString)task["input"]!).Value).Distinct().Count());
        await Task.WhenAll(tasks.Select(task => CallAsync(
            client, "SendTaskSuccess", JsonObject.Create(("taskToken", task["taskToken"]!), ("output", task["input"]!)))));

        JsonObject request = JsonObject.Create(("executionArn", started["executionArn"]!));
        JsonObject execution = await CallAsync(client, "DescribeExecution", request);
        while (execution["status"] is JsonString { Value: "RUNNING" })
        {
            // Real time on purpose: another process works.
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
            execution = await CallAsync(client, "DescribeExecution", request);
        }

        Assert.Equal(input, ((JsonString)execution["output"]!).Value);
    }

    private static async Task<JsonObject> CallAsync(HttpClient client, string operation, JsonObject request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(request.ToUtf8()) };
        message.Content.Headers.ContentType = new("application/x-amz-json-1.0");
        message.Headers.TryAddWithoutValidation("X-Amz-Target", "AWSStepFunctions." + operation);
        using HttpResponseMessage response = await client.SendAsync(message, Cancellation);
        string text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{operation}: {response.StatusCode} {text}");
        return (JsonObject)JsonValue.Parse(text);
    }
}
