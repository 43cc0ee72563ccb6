using System.Net;
using System.Net.Sockets;
using StepFlow.Local.Failures;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Commands;

/// <summary>An error of the user gives one line and the right exit code, and is never reported as a bug.</summary>
public sealed class UserErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ExitCodes.Usage, "--input is empty", "run", "PASS", "--input", "")]
    [InlineData(ExitCodes.Usage, "--input is empty", "start", "m", "--input", " ")]
    [InlineData(ExitCodes.Usage, "--input is empty", "eval", "1", "--input", "")]
    [InlineData(ExitCodes.Usage, "The name of a file is empty", "run", "")]
    [InlineData(ExitCodes.Usage, "The name of a file is empty", "validate", "")]
    [InlineData(ExitCodes.Usage, "The name of a file is empty", "graph", "")]
    [InlineData(ExitCodes.InvalidInput, "no such file", "run", "nowhere.asl.json")]
    [InlineData(ExitCodes.InvalidInput, "no such file", "run", "PASS", "-c", "nowhere.json")]
    [InlineData(ExitCodes.InvalidInput, "Pass.asl.json: no such file. Did you mean pass.asl.json?", "run", "BESIDE")]
    [InlineData(ExitCodes.InvalidInput, "cannot be read", "run", "PASS", "-c", "FOLDER")]
    [InlineData(ExitCodes.InvalidConfiguration, "Functions:f:Url must be a URL", "run", "PASS", "-c", "URL")]
    [InlineData(ExitCodes.InvalidConfiguration, "cannot be read", "serve", "--port", "0", "--data", "DATA", "--mock-config", "nowhere.json", "-c", "EMPTY")]
    [InlineData(ExitCodes.InvalidConfiguration, "must be a JSON object", "serve", "--port", "0", "--data", "DATA", "--mock-config", "LIST", "-c", "EMPTY")]
    [InlineData(ExitCodes.Usage, "--data is empty", "serve", "--data", "", "-c", "EMPTY")]
    [InlineData(ExitCodes.Usage, "a port is from 0 to 65535", "serve", "--port", "-1", "-c", "EMPTY")]
    [InlineData(ExitCodes.DataUnusable, "", "serve", "--port", "0", "--data", "PASS", "-c", "EMPTY")]
    [InlineData(ExitCodes.Usage, "--limit must be 1 or more", "list", "--limit", "-3")]
    [InlineData(ExitCodes.Usage, "--limit must be 1 or more", "history", "m/e", "--limit", "0")]
    [InlineData(ExitCodes.Usage, "must be one of RUNNING", "list", "m", "--status", "BROKEN")]
    [InlineData(ExitCodes.Usage, "MACHINE is empty", "start", "")]
    [InlineData(ExitCodes.Usage, "EXECUTION is empty", "describe", "")]
    [InlineData(ExitCodes.Usage, "is not the name of an execution", "watch", "m")]
    [InlineData(ExitCodes.Usage, "is not a URL", "list", "--server", "127.0.0.1:7071")]
    [InlineData(ExitCodes.InvalidInput, "the folder has no file", "deploy", "FOLDER")]
    [InlineData(ExitCodes.Usage, "is not one of bash", "completion", "tcsh")]
    [InlineData(ExitCodes.Usage, "--histroy is not an option of this command. Did you mean --history? See: stepflow run --help", "run", "PASS", "--histroy")]
    [InlineData(ExitCodes.Usage, "statr is not a command. Did you mean start? See: stepflow --help", "statr")]
    [InlineData(ExitCodes.Usage, "too is an unexpected argument. See: stepflow describe --help", "describe", "m/e", "too")]
    [InlineData(ExitCodes.Usage, "A command is missing. See: stepflow --help")]
    [InlineData(ExitCodes.Usage, "A command is missing: list, create, work. See: stepflow activities --help", "activities")]
    [InlineData(ExitCodes.Usage, "MACHINE is missing (The state machine: its name, or its ARN with version or alias). See: stepflow start --help", "start")]
    [InlineData(ExitCodes.Usage, "--machine other: ", "validate", "PASS", "--machine", "other")]
    [InlineData(ExitCodes.InvalidInput, "nowhere.json: no such file.", "run", "PASS", "--mocks", "nowhere.json")]
    [InlineData(ExitCodes.DataUnusable, "is not a backup of StepFlow data, or it is damaged. Nothing was restored.", "restore", "PASS", "--data", "DATA")]
    [InlineData(ExitCodes.Usage, "--limit many: must be a whole number. See: stepflow list --help", "list", "--limit", "many")]
    [InlineData(ExitCodes.Usage, "--port web: must be a whole number.", "serve", "--port", "web")]
    [InlineData(ExitCodes.Usage, "--limits some: must be none or aws.", "run", "PASS", "--limits", "some")]
    [InlineData(ExitCodes.Usage, "--limit needs a value: COUNT.", "list", "--limit")]
    [InlineData(ExitCodes.Usage, "--status needs a value: STATUS.", "list", "m", "--status")]
    [InlineData(ExitCodes.Usage, "--log-level needs a value", "update", "m", "--log-level")]
    [InlineData(ExitCodes.Usage, "--output tall: must be wide. For JSON, use --json.", "list", "--output", "tall")]
    public async Task Command_WithAnError_ReportsItInOneLine(int exitCode, string message, params string[] arguments)
    {
        var files = new Dictionary<string, string>
        {
            ["PASS"] = _folder.File("pass.asl.json", """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}"""),
            ["BESIDE"] = Path.Combine(_folder.Path, "Pass.asl.json"),
            ["URL"] = _folder.File("url.json", """{"Functions":{"f":{"Url":"example.com/f"}}}"""),
            ["LIST"] = _folder.File("list.json", "[]"),
            ["EMPTY"] = _folder.File("empty.json", "{}"),
            ["FOLDER"] = Directory.CreateDirectory(Path.Combine(_folder.Path, "folder")).FullName,
            ["DATA"] = Path.Combine(_folder.Path, "data"),
        };
        CommandRun run = await CommandRun.OfAsync([.. arguments.Select(argument => files.GetValueOrDefault(argument, argument))]);

        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal((exitCode, string.Empty), (run.ExitCode, run.Output));

        // All errors of a configuration are reported together.
        Assert.True(exitCode == ExitCodes.InvalidConfiguration || run.Error.Count(static letter => letter == '\n') == 1, run.Error);
        Assert.DoesNotContain("bug", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    /// <summary>AWS's messages name the error; what to do is added.</summary>
    [Theory]
    [InlineData("State Machine Does Not Exist: 'arn:aws:states:us-east-1:123456789012:stateMachine:none' To list them: stepflow list", "start", "none")]
    [InlineData("To list them: stepflow list MACHINE", "describe", "none/one")]
    [InlineData("stepflow activities create NAME", "activities", "work", "none", "--", "true")]
    [InlineData("A name has 1 to 80 letters", "activities", "create", "two words")]
    [InlineData("is valid until the task has ended", "send-task-success", "token")]
    public async Task Server_ThatRefuses_IsQuotedWithARemedy(string message, params string[] command)
    {
        using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), _folder.File("stepflow.json", "{}"), Cancelled);
        int end = Array.IndexOf(command, "--");
        CommandRun run = await CommandRun.OfAsync([.. end < 0 ? command : command[..end], "--server", server.Url, .. end < 0 ? [] : command[end..]]);

        Assert.Equal(ExitCodes.Refused, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(static letter => letter == '\n'));
    }

    /// <summary>A program other than StepFlow responds.</summary>
    [Theory]
    [InlineData("{}", "list")]
    [InlineData("[1]", "list")]
    [InlineData("<html>", "list", "m")]
    [InlineData("{\"executionArn\":7}", "start", "m")]
    [InlineData("{\"events\":null}", "history", "m/e")]
    public async Task Client_OfAnotherKindOfServer_IsReported(string response, params string[] command)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task responding = RespondOnceAsync(listener, response);

        CommandRun run = await CommandRun.OfAsync([.. command, "--server", $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"]);

        await responding;
        Assert.Contains("is not a StepFlow server", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Refused, run.ExitCode);
    }

    private static async Task RespondOnceAsync(TcpListener listener, string body)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync(Cancelled);
        NetworkStream stream = client.GetStream();
        await stream.ReadAtLeastAsync(new byte[4096], 1, cancellationToken: Cancelled);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"), Cancelled);
        client.Client.Shutdown(SocketShutdown.Send);
        while (await stream.ReadAsync(new byte[4096], Cancelled) > 0)
        {
        }
    }
}
