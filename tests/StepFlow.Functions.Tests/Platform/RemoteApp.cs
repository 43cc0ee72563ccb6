using System.Text;
using StepFlow.Integrations.Signatures;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>An app over HTTP, as AWS clients reach it: signed requests to <c>/aws</c>.</summary>
/// <param name="address">Where it is.</param>
internal sealed class RemoteApp(Uri address) : IDisposable
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
        var url = new Uri(address, "aws");
        byte[] body = Encoding.UTF8.GetBytes(JsonObject.Create(request).ToString());
        using var message = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new("application/x-amz-json-1.0");
        (string, string) target = ("X-Amz-Target", "AWSStepFunctions." + operation);
        foreach ((string name, string value) in _signer.Sign("POST", url, body, target).Append(target))
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

    /// <summary>The types of an execution's events, in order: their numbers follow one another.</summary>
    public async Task<IReadOnlyList<string>> HistoryAsync(string executionArn)
    {
        var types = new List<string>();
        JsonObject page = await PageAsync();
        while (page["nextToken"] is JsonString next)
        {
            page = await PageAsync(("nextToken", next));
        }

        return types;

        async Task<JsonObject> PageAsync(params (string, JsonValue)[] more)
        {
            JsonObject found = await CallAsync("GetExecutionHistory", [("executionArn", executionArn), ("maxResults", 1000), .. more]);
            foreach (JsonObject item in ((JsonArray)found["events"]!).Cast<JsonObject>())
            {
                types.Add(Text(item, "type"));
                Assert.Equal((JsonValue)types.Count, item["id"]);
            }

            return found;
        }
    }

    public static string Text(JsonObject value, string name) => ((JsonString)value[name]!).Value;
}
