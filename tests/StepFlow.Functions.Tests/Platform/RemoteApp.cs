using System.Text;
using StepFlow.Integrations.Signatures;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>An app or a server over HTTP, as AWS clients reach it: by signed requests.</summary>
/// <param name="endpoint">The endpoint's URL: of an app <c>/aws</c>.</param>
internal sealed class RemoteApp(Uri endpoint) : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new();
    private readonly RequestSigner _signer = new(new(ClientProcess.KeyId, ClientProcess.Secret), "us-east-1", "states", TimeProvider.System);

    /// <summary>The app's settings with which it takes these requests.</summary>
    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        [$"StepFlow:AccessKeys:{ClientProcess.KeyId}:Secret"] = ClientProcess.Secret,
        [$"StepFlow:AccessKeys:{ClientProcess.KeyId}:Level"] = "Admin",
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    public async Task<JsonObject> CallAsync(string operation, params (string Name, JsonValue Value)[] request)
    {
        byte[] body = Encoding.UTF8.GetBytes(JsonObject.Create(request).ToString());
        using var message = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new("application/x-amz-json-1.0");
        (string, string) target = ("X-Amz-Target", "AWSStepFunctions." + operation);
        foreach ((string name, string value) in _signer.Sign("POST", endpoint, body, target).Append(target))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await _http.SendAsync(message, Cancelled);
        string text = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.IsSuccessStatusCode, $"{operation}: {(int)response.StatusCode} {text}");
        return (JsonObject)JsonValue.Parse(text);
    }

    /// <summary>Waits for the end of an execution.</summary>
    public async Task<JsonObject> EndAsync(string executionArn)
    {
        while (true)
        {
            JsonObject execution = await CallAsync("DescribeExecution", ("executionArn", executionArn));
            if (Text(execution, "status") != "RUNNING")
            {
                return execution;
            }

            await Task.Delay(LookInterval, Cancelled);
        }
    }

    /// <summary>Creates a state machine.</summary>
    /// <returns>Its ARN.</returns>
    public async Task<string> CreateAsync(string name, string definition, string type = "STANDARD") => Text(
        await CallAsync("CreateStateMachine", ("name", name), ("definition", definition), ("type", type), ("roleArn", "arn:aws:iam::123456789012:role/test")),
        "stateMachineArn");

    /// <summary>Starts an execution.</summary>
    /// <returns>Its ARN.</returns>
    public async Task<string> StartAsync(string stateMachineArn, string name, JsonValue input) =>
        Text(await CallAsync("StartExecution", ("stateMachineArn", stateMachineArn), ("name", name), ("input", input.ToString())), "executionArn");

    /// <summary>The types of an execution's events, in order.</summary>
    public async Task<IReadOnlyList<string>> HistoryAsync(string executionArn) => [.. (await EventsAsync(executionArn)).Select(static item => Text(item, "type"))];

    /// <summary>An execution's events, in order: their numbers follow one another.</summary>
    public async Task<IReadOnlyList<JsonObject>> EventsAsync(string executionArn)
    {
        var events = new List<JsonObject>();
        JsonObject page = await PageAsync();
        while (page["nextToken"] is JsonString next)
        {
            page = await PageAsync(("nextToken", next));
        }

        return events;

        async Task<JsonObject> PageAsync(params (string, JsonValue)[] more)
        {
            JsonObject found = await CallAsync("GetExecutionHistory", [("executionArn", executionArn), ("maxResults", 1000), .. more]);
            foreach (JsonObject item in ((JsonArray)found["events"]!).Cast<JsonObject>())
            {
                events.Add(item);
                Assert.Equal((JsonValue)events.Count, item["id"]);
            }

            return found;
        }
    }

    /// <summary>Waits for an event.</summary>
    public async Task UntilAsync(string executionArn, string type)
    {
        while (!(await HistoryAsync(executionArn)).Contains(type))
        {
            await Task.Delay(LookInterval, Cancelled);
        }
    }

    public static string Text(JsonObject value, string name) => ((JsonString)value[name]!).Value;
}
