using StepFlow.Local.Failures;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Commands;

public sealed class HealthCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Health_OfAServerWithKeys_NeedsNone()
    {
        string configuration = _folder.File("stepflow.json", """{"AccessKeys":{"k":{"Secret":"a-secret-of-some-length"}}}""");
        using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), configuration, TestContext.Current.CancellationToken);
        CommandRun refused = await CommandRun.OfAsync("list", "--server", server.Url);
        CommandRun healthy = await CommandRun.OfAsync("health", "--server", server.Url);
        Assert.Equal(ExitCodes.Refused, refused.ExitCode);
        Assert.Equal((ExitCodes.Success, $"{server.Url} responds.\n"), (healthy.ExitCode, healthy.Output));
    }

    [Fact]
    public async Task Health_WithoutAServer_IsReported()
    {
        CommandRun run = await CommandRun.OfAsync("health", "--server", "http://127.0.0.1:1");
        Assert.Equal(ExitCodes.ServerUnreachable, run.ExitCode);
    }
}
