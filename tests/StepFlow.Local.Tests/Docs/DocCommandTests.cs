using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Docs;

/// <summary>Every <c>console</c> block of the documentation is run, and its output is the one on the page.</summary>
public sealed class DocCommandTests : IDisposable
{
    private const string Mark = "=== ";
    private const string DefaultPort = "7071";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/docs/tutorial.md")]
    [InlineData("src/docs/developers.md")]
    [InlineData("src/docs/from-aws.md")]
    [InlineData("src/docs/on-azure.md")]
    [InlineData("src/docs/operators.md")]
    public async Task Page_Commands_ShowItsOutput(string name)
    {
        DocPage page = DocPage.Read(Path.Combine(Repository.Root, name));
        string work = Path.GetDirectoryName(_folder.File("work/.keep", string.Empty))!;
        foreach ((string file, string text) in page.Files)
        {
            _folder.File($"work/{file}", text);
        }

        string output = await RunAsync(work, page.Commands);

        string[] parts = output.Split(Mark)[1..];
        Assert.True(parts.Length == page.Commands.Count + 1, output);
        Assert.All(page.Commands.Zip(parts), static one => AssertShows(one.First, one.Second[(one.Second.IndexOf('\n', StringComparison.Ordinal) + 1)..]));
    }

    /// <summary>No page with commands is left out of the list above.</summary>
    [Fact]
    public void Pages_WithCommands_AreAllRun()
    {
        string[] run = [.. typeof(DocCommandTests).GetMethod(nameof(Page_Commands_ShowItsOutput))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(static one => (string)one.Data[0]!)];
        string[] pages = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "docs"), "*.md", SearchOption.AllDirectories)
            .Where(static page => DocPage.Read(page).Commands.Count > 0)
            .Select(static page => Path.GetRelativePath(Repository.Root, page).Replace('\\', '/'))];
        Assert.Empty(pages.Except(run));
    }

    private static void AssertShows(DocCommand command, string output)
    {
        string[] lines = output.Split('\n');
        int at = 0;
        foreach (string shown in command.Shown.Where(static line => line != "…"))
        {
            var pattern = new Regex("^" + string.Join(".*", shown.TrimEnd().Split('…').Select(Regex.Escape)).Replace("\\ \\ ", @"\s+", StringComparison.Ordinal) + @"\s*$");
            int found = Array.FindIndex(lines, at, line => pattern.IsMatch(line));
            Assert.True(found >= 0, $"$ {command.Line}\ndoes not show '{shown}' after line {at} of:\n{output}");
            at = found + 1;
        }
    }

    /// <summary>One shell for the page, as its reader has. Servers that it starts listen on a free port, and end with it.</summary>
    private async Task<string> RunAsync(string folder, IReadOnlyList<DocCommand> commands)
    {
        string port = FreePort();
        string program = _folder.File("bin/stepflow", $"#!/bin/sh\nexec dotnet {Path.Combine(AppContext.BaseDirectory, "stepflow.dll")} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        // A server is polled until it responds, as a reader waits for its first line.
        IEnumerable<string> script = commands.SelectMany(one => (string[])
        [
            $"echo '{Mark}{commands.ToList().IndexOf(one)}'",
            one.Line.Replace(DefaultPort, port, StringComparison.Ordinal),
            .. one.Line.EndsWith('&') ? (string[])["for i in $(seq 100); do stepflow health > /dev/null 2>&1 && break; done"] : [],
        ]);
        var start = new ProcessStartInfo("bash", ["-c", $"exec 2>&1\ntrap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n{string.Join('\n', script)}\necho '{Mark}end'"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{Path.GetDirectoryName(program)}:{AwsClients.Path}";
        start.Environment["StepFlow__Server__Port"] = port;
        start.Environment["STEPFLOW_SERVER"] = $"http://127.0.0.1:{port}";
        start.Environment["AWS_PAGER"] = string.Empty;
        start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        using Process process = Process.Start(start.WithoutDiagnostics())!;
        string output = await process.StandardOutput.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        return output;
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
