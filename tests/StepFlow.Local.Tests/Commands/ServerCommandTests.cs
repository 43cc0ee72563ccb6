using System.Diagnostics;
using System.Net.Sockets;
using System.Net;
using StepFlow.Language.Json;
using StepFlow.Local.Commands;
using StepFlow.Local.Failures;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Commands;

public sealed class ServerCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.Path, "data");

    [Fact]
    public async Task Commands_AgainstAServer_StartDescribeHistoryListStop()
    {
        using ServerProcess server = await ServerProcess.StartAsync(Data, Configure("""{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"""), TestContext.Current.CancellationToken);
        CommandRun started = await CommandRun.OfAsync("start", "m", "--name", "one", "--input", """{"n":1}""", "--wait", "--json", "--server", server.Url);
        Assert.Equal(ExitCodes.Success, started.ExitCode);
        Assert.Equal("""{"n":1}""", ((JsonObject)JsonValue.Parse(started.Output))["output"]!.ToString());

        CommandRun described = await CommandRun.OfAsync("describe", "m/one", "--server", server.Url);
        Assert.Contains("Status:    SUCCEEDED", described.Output);
        CommandRun history = await CommandRun.OfAsync("history", "m/one", "--reverse", "--limit", "2", "--json", "--server", server.Url);
        Assert.Equal(["4", "3"], ((JsonArray)JsonValue.Parse(history.Output)).Select(entry => ((JsonObject)entry)["id"]!.ToString()));
        CommandRun list = await CommandRun.OfAsync("list", "m", "--server", server.Url);
        Assert.Contains("one   SUCCEEDED", list.Output);
        Assert.Contains("m ", (await CommandRun.OfAsync("list", "--server", server.Url)).Output);
        CommandRun stopped = await CommandRun.OfAsync("stop", "m/none", "--server", server.Url);
        Assert.Equal(ExitCodes.Refused, stopped.ExitCode);
        Assert.Contains("ExecutionDoesNotExist", stopped.Error);
        Assert.Equal(ExitCodes.Refused, (await CommandRun.OfAsync("start", "unknown", "--server", server.Url)).ExitCode);
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("sync-localhost", HttpStatusCode.OK)]
    public async Task Serve_WithoutKeys_AcceptsNamesOfTheLoopbackOnly(string host, HttpStatusCode expected)
    {
        using ServerProcess server = await ServerProcess.StartAsync(Data, Configure("""{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"""), TestContext.Current.CancellationToken);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url + "/api/statemachines");
        request.Headers.Host = host;

        using HttpResponseMessage response = await client.SendAsync(request, Cancellation);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task PageToken_AfterAKill_IsStillValid()
    {
        string configuration = Configure("""{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}""");
        string token;
        using var client = new HttpClient();
        using (ServerProcess first = await ServerProcess.StartAsync(Data, configuration, TestContext.Current.CancellationToken))
        {
            for (int number = 0; number < 3; number++)
            {
                await CommandRun.OfAsync("start", "m", "--name", $"e{number}", "--wait", "--server", first.Url);
            }

            var page = (JsonObject)JsonValue.Parse(await client.GetStringAsync(first.Url + "/api/statemachines/m/executions?maxResults=2", Cancellation));
            token = ((JsonString)page["nextToken"]!).Value;
            await first.KillAsync(TestContext.Current.CancellationToken);
        }

        using ServerProcess second = await ServerProcess.StartAsync(Data, configuration, TestContext.Current.CancellationToken);
        var rest = (JsonObject)JsonValue.Parse(await client.GetStringAsync(
            second.Url + "/api/statemachines/m/executions?maxResults=2&nextToken=" + Uri.EscapeDataString(token), Cancellation));

        var last = (JsonObject)Assert.Single((JsonArray)rest["executions"]!);
        Assert.Equal("e0", ((JsonString)last["name"]!).Value);
    }

    [Fact]
    public async Task Stop_Running_EndsIt()
    {
        using ServerProcess server = await ServerProcess.StartAsync(Data, Configure("""{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":3600,"End":true}}}"""), TestContext.Current.CancellationToken);
        await CommandRun.OfAsync("start", "m", "--name", "one", "--server", server.Url);
        Assert.Equal(ExitCodes.Success, (await CommandRun.OfAsync("stop", "m/one", "--error", "Enough", "--server", server.Url)).ExitCode);
        Assert.Contains("ABORTED", (await CommandRun.OfAsync("describe", "m/one", "--server", server.Url)).Output);
    }

    [Fact]
    public async Task Kill_InTheMiddleOfTasks_LosesNoStartAndNoOutcome()
    {
        // Each call appends its idempotency key to a file: what ran before the kill and after it can be distinguished.
        string calls = Path.Combine(_folder.Path, "calls");
        string script = _folder.File("task.sh", $"cat > /dev/null; echo x >> {calls}; sleep 0.2; echo '{{}}'\n");
        string states = string.Join(',', Enumerable.Range(1, 5).Select(number =>
            $$"""
            "S{{number}}":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:work",{{(number == 5 ? "\"End\":true" : $"\"Next\":\"S{number + 1}\"")}} }
            """));
        string configuration = Configure($$"""{"StartAt":"S1","States":{ {{states}} } }""", $$""","Functions":{"work":{"Command":"sh","Arguments":["{{script}}"]} }""");
        using (ServerProcess first = await ServerProcess.StartAsync(Data, configuration, TestContext.Current.CancellationToken))
        {
            for (int number = 0; number < 5; number++)
            {
                Assert.Equal(ExitCodes.Success, (await CommandRun.OfAsync("start", "m", "--name", $"e{number}", "--server", first.Url)).ExitCode);
            }

            while (!File.Exists(calls) || File.ReadAllLines(calls).Length < 8)
            {
                await Task.Delay(10, Cancellation);
            }

            await first.KillAsync(TestContext.Current.CancellationToken);
        }

        int before = File.ReadAllLines(calls).Length;
        using ServerProcess second = await ServerProcess.StartAsync(Data, configuration, TestContext.Current.CancellationToken);
        for (int number = 0; number < 5; number++)
        {
            JsonObject ended = await EndAsync(second, $"m/e{number}");
            Assert.Equal("SUCCEEDED", ((JsonString)ended["status"]!).Value);
            CommandRun history = await CommandRun.OfAsync("history", $"m/e{number}", "--json", "--server", second.Url);
            JsonObject[] events = [.. ((JsonArray)JsonValue.Parse(history.Output)).Cast<JsonObject>()];
            Assert.Equal(Enumerable.Range(1, events.Length).Select(id => $"{id}"), events.Select(entry => entry["id"]!.ToString()));
            Assert.Equal(5, events.Count(entry => ((JsonString)entry["type"]!).Value == "LambdaFunctionSucceeded"));
        }

        // Twenty-five tasks; only those that were running when the server was killed may have run twice.
        Assert.InRange(File.ReadAllLines(calls).Length, 25, 30);
        Assert.True(before < 25, "The server was killed too late to show anything.");
    }

    [Fact]
    public async Task Serve_FolderInUse_IsRefused()
    {
        string configuration = Configure("""{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}""");
        using ServerProcess server = await ServerProcess.StartAsync(Data, configuration, TestContext.Current.CancellationToken);
        CommandRun second = await CommandRun.OfAsync("serve", "--port", "0", "--data", Data, "--config", configuration);
        Assert.Equal(ExitCodes.DataLocked, second.ExitCode);
        Assert.Contains("in use by another stepflow server", second.Error);
    }

    [Fact]
    public async Task Serve_PortInUse_IsRefused()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        CommandRun run = await CommandRun.OfAsync("serve", "--port", $"{port}", "--data", Data, "--config", _folder.File("stepflow.json", "{}"));
        Assert.Equal(ExitCodes.PortUnavailable, run.ExitCode);
        Assert.Contains($"Port {port} of 127.0.0.1 is in use.", run.Error);
    }

    [Fact]
    public async Task Serve_NotADataFile_IsRefusedAndNotChanged()
    {
        string file = _folder.File("data/stepflow.db", new string('x', 10_000));
        CommandRun run = await CommandRun.OfAsync("serve", "--port", "0", "--data", Data, "--config", _folder.File("stepflow.json", "{}"));
        Assert.Equal(ExitCodes.DataUnusable, run.ExitCode);
        Assert.Contains("is not a StepFlow data file, or its beginning is damaged", run.Error);
        Assert.Equal(new string('x', 10_000), await File.ReadAllTextAsync(file, Cancellation));
    }

    [Theory]
    [InlineData("""{"Server":{"Port":99999}}""", "Port")]
    [InlineData("""{"Server":{"Port":"many"}}""", "Port")]
    [InlineData("""{"Server":{"Colour":"red"}}""", "Colour")]
    [InlineData("""{"Limits":"Some"}""", "Limits must be None or Aws, but is 'Some'.")]
    [InlineData("""{"Server":{"Limits":"Aws"}}""", "Server:Limits is unknown. The setting is called Limits.")]
    [InlineData("""{"Http":{"AllowedHost":["a"]}}""", "Http:AllowedHost is unknown. Did you mean AllowedHosts?")]
    [InlineData("""{"Functions":{"f":"http://localhost"}}""", "Functions:f must be an object with some of Arguments, ")]
    [InlineData("""{"Functions":{"f":{"Url":"http://localhost","TimeoutSecond":1}}}""", "Functions:f:TimeoutSecond is unknown. Did you mean TimeoutSeconds?")]
    [InlineData("""{"Functions":{"f":{"Url":"localhost:80/a b"},"g":{"Command":["python3","g.py"]}}}""", "Functions:g:Command must be one value.")]
    [InlineData("""{"AccessKeys":{"k":{"Secret":"s","Level":"Amin"}}}""", "AccessKeys:k:Level must be ReadOnly or StartOnly or Admin, but is 'Amin'.")]
    [InlineData("""{"AccessKeys":{"k":{"Secret":" "}}}""", "AccessKeys:k:Secret is empty.")]
    [InlineData("""{"AccessKeys":{"k":{"Secret":"@Microsoft.KeyVault(SecretUri=https://v/s)"}}}""", "AccessKeys:k:Secret is a Key Vault reference that was not resolved.")]
    [InlineData("""{"RetentionDays":-1}""", "RetentionDays must be from 0 to 36500, but is -1.")]
    [InlineData("""{"StepFlow:Http:TimeoutSeconds":"soon"}""", "Http:TimeoutSeconds must be a whole number, but is 'soon'.")]
    [InlineData("""{"Server":{"Listen":"0.0.0.0"}}""", "there are no access keys")]
    [InlineData("""{"Server":{"Listen":"0.0.0.0"},"AccessKeys":{"k":{"Secret":"s"}}}""", "would be sent unencrypted")]
    [InlineData("""{"Server":{"Certificate":"missing.pfx"}}""", "missing.pfx cannot be used")]
    [InlineData("""{"Server":{"TrustedProxies":["10.0.0.0/40"]}}""", "10.0.0.0/40 is not an IP address or a network")]
    [InlineData("""{"Server":{"Listen":"here"}}""", "is not an IP address")]
    [InlineData("""{"AccessKeys":{"k":{"Level":"Admin"}}}""", "AccessKeys:k:Secret is required.")]
    [InlineData("""{"StateMachines":{"Folder":"nowhere"}}""", "no such folder")]
    [InlineData("""{"Functions":{"f":{}}}""", "exactly one of Url, Command, File, Handler and Job")]
    public async Task Serve_WrongSettings_ReportsWhichOne(string configuration, string message)
    {
        CommandRun run = await CommandRun.OfAsync("serve", "--port", "0", "--data", Data, "--config", _folder.File("stepflow.json", configuration));
        Assert.Equal(ExitCodes.InvalidConfiguration, run.ExitCode);
        Assert.Contains(message, run.Error);
    }

    [Fact]
    public async Task Serve_SeveralErrors_AreReportedTogetherWithTheirLocations()
    {
        string file = _folder.File("stepflow.json", """{"Server":{"Prot":1},"Video":{"Quality":99,"OutputContainer":"videos"},"Functions":{"f":{"Handler":"a","Command":"b"}},"Region":"Here"}""");
        CommandRun run = await CommandRun.OfAsync("serve", "--port", "0", "--data", Data, "--config", file);
        Assert.Equal(
            [
                "stepflow: the configuration has errors:",
                $"  {file}: Region must be 1 to 32 lower-case letters, digits and hyphens.",
                $"  {file}: Server:Prot is unknown. Did you mean Port?",
                $"  {file}: Video:Quality must be from 0 to 51, but is 99.",
                "  The setting 'StepFlow:Functions:f' must have exactly one of Url, Command, File, Handler and Job.",
                "  The setting 'StepFlow:Video:OutputContainer' must be another container than InputContainer: results would be taken for uploads.",
            ],
            run.Error.Trim().Split('\n'));
    }

    /// <summary>The missing setting in a cause can be copied into the file unchanged.</summary>
    [Fact]
    public async Task Run_TheSettingThatAnErrorNames_CanBePasted()
    {
        string definition = _folder.File("call.asl.json", """{"StartAt":"Call","States":{"Call":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true}}}""");
        CommandRun without = await CommandRun.OfAsync("run", definition, "-c", _folder.File("stepflow.json", "{}"));
        Assert.Contains("'StepFlow:Functions:f:Command'", without.Error);

        CommandRun with = await CommandRun.OfAsync(
            "run", definition, "-c", _folder.File("stepflow.json", """{"StepFlow:Functions:f:Command":"echo","StepFlow__Functions__f__Arguments":["[7]"]}"""));
        Assert.Equal((ExitCodes.Success, "[\n  7\n]"), (with.ExitCode, with.Output.Trim()));
    }

    [Theory]
    [InlineData("""{"Functions":{"f":{"Command":"cat","Arguments":["answer.json"]}}}""")]
    [InlineData("""{"Functions":{"f":{"Command":"cat","Arguments":["../answer.json"],"WorkingDirectory":"below"}}}""")]
    [InlineData("""{"Functions":{"f":{"File":"answer.mjs"}}}""")]
    public async Task Run_PathsOfTheFile_AreRelativeToIt(string configuration)
    {
        _folder.File("conf/answer.mjs", "export const handler = () => 42;");
        _folder.File("conf/below/empty", string.Empty);
        _folder.File("conf/answer.json", "42");
        string definition = _folder.File("call.asl.json", """{"StartAt":"Call","States":{"Call":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true}}}""");
        CommandRun run = await CommandRun.OfAsync("run", definition, "-c", _folder.File("conf/stepflow.json", configuration));
        Assert.Equal((ExitCodes.Success, "42"), (run.ExitCode, run.Output.Trim()));
    }

    [Fact]
    public async Task Serve_UnknownIntegrationInTheFolder_NamesTheLocation()
    {
        string configuration = Configure("""{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::acme:charge","End":true}}}""");
        CommandRun run = await CommandRun.OfAsync("serve", "--port", "0", "--data", Data, "--config", configuration);
        Assert.Equal(ExitCodes.InvalidDefinition, run.ExitCode);
        Assert.Contains("m.asl.json:1:45: error SCHEMA_VALIDATION_FAILED The resource provided arn:aws:states:::acme:charge is not recognized.", run.Error);
    }

    [Fact]
    public async Task Serve_InvalidMachineInTheFolder_NamesTheLocation()
    {
        string configuration = Configure("""{"StartAt":"A","States":{}}""");
        CommandRun run = await CommandRun.OfAsync("serve", "--port", "0", "--data", Data, "--config", configuration);
        Assert.Equal(ExitCodes.InvalidDefinition, run.ExitCode);
        Assert.Contains("m.asl.json:1:", run.Error);
    }

    [Theory]
    [InlineData("start", "m")]
    [InlineData("describe", "m/e")]
    [InlineData("history", "m/e")]
    [InlineData("list", "m")]
    [InlineData("stop", "m/e")]
    public async Task Client_NoServer_ReportsHowToStartOne(params string[] command)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        CommandRun run = await CommandRun.OfAsync([.. command, "--server", $"http://127.0.0.1:{port}"]);
        Assert.Equal(ExitCodes.ServerUnreachable, run.ExitCode);
        Assert.Contains("stepflow serve", run.Error);
    }

    [Theory]
    [InlineData("describe", "nothing", "http://127.0.0.1:1")]
    [InlineData("describe", "m/e", "not a url")]
    public async Task Client_WrongArguments_AreUsage(string command, string execution, string server) =>
        Assert.Equal(ExitCodes.Usage, (await CommandRun.OfAsync(command, execution, "--server", server)).ExitCode);

    private static async Task<JsonObject> EndAsync(ServerProcess server, string execution)
    {
        var elapsed = Stopwatch.StartNew();
        while (true)
        {
            CommandRun run = await CommandRun.OfAsync("describe", execution, "--json", "--server", server.Url);
            Assert.True(run.ExitCode == ExitCodes.Success, run.Error);
            var described = (JsonObject)JsonValue.Parse(run.Output);
            if (((JsonString)described["status"]!).Value != "RUNNING")
            {
                return described;
            }

            Assert.True(elapsed.Elapsed < TimeSpan.FromSeconds(60), $"{execution} does not end. {server.Errors}");
            await Task.Delay(50, Cancellation);
        }
    }

    private string Configure(string machine, string more = "")
    {
        _folder.File("machines/m.asl.json", machine);
        return _folder.File("stepflow.json", $$"""{"StateMachines":{"Folder":"machines"}{{more}} }""");
    }
}
