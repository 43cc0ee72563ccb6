using StepFlow.Local.Failures;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Commands;

public sealed class FunctionCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Function_ThatIsNotBuiltIn_IsRefusedWithTheNamesThereAre()
    {
        CommandRun run = await CommandRun.OfAsync("function", "no-such", "--config", _folder.File("stepflow.json", "{}"));

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("No built-in function has the name 'no-such'. There are: video-metadata, video-thumbnails, video-transcode, video-validate.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JobOfThePipeline_ThatDoesNotExist_IsRefusedAtTheStart()
    {
        CommandRun run = await CommandRun.OfAsync("config", "show", "--config", _folder.File("stepflow.json", """{"Video":{"Job":"transcode"}}"""));

        Assert.Equal(ExitCodes.InvalidConfiguration, run.ExitCode);
        Assert.Contains("'StepFlow:Video:Job' names a job that does not exist", run.Error, StringComparison.Ordinal);
    }
}
