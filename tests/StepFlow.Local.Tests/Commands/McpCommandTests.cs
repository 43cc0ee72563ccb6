using System.Diagnostics;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Commands;

/// <summary>The assistant's side of <c>stepflow mcp</c>: a process, and the protocol's lines.</summary>
public sealed class McpCommandTests : IDisposable
{
    private const string Machine = """{"StartAt":"Call","States":{"Call":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","ResultPath":"$.r","End":true}}}""";

    private readonly TemporaryFolder _folder = new();
    private Process? _process;
    private int _id;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _process?.Kill();
        _process?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Tools_ByDefault_ChangeNothing()
    {
        await StartAsync();
        JsonObject[] tools = await ToolsAsync();
        Assert.Equal(
            ["describe_execution", "execution_history", "list_executions", "list_state_machines", "run", "validate"],
            tools.Select(static one => ((JsonString)one["name"]!).Value).Order(StringComparer.Ordinal));
        Assert.All(tools, static one => Assert.Equal(JsonValue.True, ((JsonObject)one["annotations"]!)["readOnlyHint"]));
        JsonObject refused = await CallAsync("start_execution", ("machine", "m"));
        Assert.NotNull(refused["error"]);
    }

    [Fact]
    public async Task Validate_AWrongDefinition_ListsItsFindings()
    {
        await StartAsync();
        JsonObject found = await TextAsync("validate", ("definition", Machine.Replace("\"End\":true", "\"Next\":\"Gone\"", StringComparison.Ordinal)));
        Assert.Equal(JsonValue.False, found["valid"]);
        Assert.Contains("MISSING_TRANSITION_TARGET", found["findings"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OnGivenResults_CallsNothingAndExplains()
    {
        await StartAsync();
        JsonObject given = await TextAsync("run", ("definition", Machine), ("input", """{"n":1}"""), ("results", """{"Call":7}"""));
        JsonObject missing = await TextAsync("run", ("definition", Machine));
        JsonObject wrong = await CallAsync("run", ("definition", Machine), ("input", "{"));

        Assert.Equal("""{"n":1,"r":7}""", given["output"]!.ToString());
        Assert.Equal("7", ((JsonObject)((JsonObject)((JsonArray)given["states"]!)[0])["stages"]!)["result"]!.ToString());
        Assert.Equal("StepFlow.NoResult", ((JsonString)missing["error"]!).Value);
        Assert.Contains("Not JSON", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Executions_OfAServer_AreStartedAndRead()
    {
        using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), _folder.File("stepflow.json", "{}"), Cancelled);
        await CommandRun.OfAsync("deploy", _folder.File("m.asl.json", """{"StartAt":"A","States":{"A":{"Type":"Fail","Error":"E"}}}"""), "--server", server.Url);
        await StartAsync("--allow-changes", "--server", server.Url);

        string arn = ((JsonString)(await TextAsync("start_execution", ("machine", "m")))["executionArn"]!).Value;
        await CommandRun.OfAsync("watch", arn, "--server", server.Url);
        JsonObject listed = await CallAsync("list_executions", ("machine", "m"), ("status", "FAILED"));
        JsonObject history = await CallAsync("execution_history", ("execution", arn));

        Assert.Contains(arn, listed.ToString(), StringComparison.Ordinal);
        Assert.Contains("FailStateEntered", history.ToString(), StringComparison.Ordinal);
        Assert.Equal("FAILED", ((JsonString)(await TextAsync("describe_execution", ("execution", arn)))["status"]!).Value);
        Assert.Equal(9, (await ToolsAsync()).Length);
    }

    private async Task StartAsync(params string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "stepflow.dll"), "mcp", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = _folder.Path,
        }.WithoutDiagnostics())!;
        JsonObject response = await AskAsync("initialize", JsonObject.Create(
            ("protocolVersion", "2025-06-18"), ("capabilities", JsonObject.Empty), ("clientInfo", JsonObject.Create(("name", "test"), ("version", "1")))));
        Assert.Equal("stepflow", ((JsonString)((JsonObject)((JsonObject)response["result"]!)["serverInfo"]!)["name"]!).Value);
        await SendAsync(JsonObject.Create(("jsonrpc", "2.0"), ("method", "notifications/initialized")));
    }

    private async Task<JsonObject[]> ToolsAsync() => [.. ((JsonArray)((JsonObject)(await AskAsync("tools/list", JsonObject.Empty))["result"]!)["tools"]!).Cast<JsonObject>()];

    private Task<JsonObject> CallAsync(string tool, params (string Name, JsonValue Value)[] arguments) =>
        AskAsync("tools/call", JsonObject.Create(("name", tool), ("arguments", JsonObject.Create(arguments))));

    private async Task<JsonObject> TextAsync(string tool, params (string Name, JsonValue Value)[] arguments)
    {
        JsonObject response = await CallAsync(tool, arguments);
        var content = (JsonObject)((JsonArray)((JsonObject)response["result"]!)["content"]!)[0];
        return JsonValue.ParseOrNull(((JsonString)content["text"]!).Value) as JsonObject ?? throw new InvalidOperationException(response.ToString());
    }

    private async Task<JsonObject> AskAsync(string method, JsonObject parameters)
    {
        int id = ++_id;
        await SendAsync(JsonObject.Create(("jsonrpc", "2.0"), ("id", id), ("method", method), ("params", parameters)));
        while (await _process!.StandardOutput.ReadLineAsync(Cancelled) is { } line)
        {
            // Everything on standard output is the protocol's.
            var response = (JsonObject)JsonValue.Parse(line);
            if (response["id"] is JsonNumber number && number.ToDouble() == id)
            {
                return response;
            }
        }

        throw new InvalidOperationException($"{method} got no response.");
    }

    private async Task SendAsync(JsonObject message)
    {
        await _process!.StandardInput.WriteLineAsync(message.ToString().AsMemory(), Cancelled);
        await _process.StandardInput.FlushAsync(Cancelled);
    }
}
