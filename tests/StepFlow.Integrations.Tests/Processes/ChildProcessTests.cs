using System.Globalization;
using StepFlow.Integrations.Processes;

namespace StepFlow.Integrations.Tests.Processes;

public sealed class ChildProcessTests
{
    [Fact]
    public async Task RunAsync_Cancelled_KillsTheProcessAndWhatItStarted()
    {
        using var cancellation = new CancellationTokenSource();
        var pids = new List<int>();
        var both = new TaskCompletionSource();
        ChildCommand command = Shell("sleep 600 & echo $!; echo $$; wait") with
        {
            OutputLine = line =>
            {
                pids.Add(int.Parse(line, CultureInfo.InvariantCulture));
                if (pids.Count == 2)
                {
                    both.SetResult();
                }
            },
        };

        Task<ChildResult> run = ChildProcess.RunAsync(command, TimeProvider.System, cancellation.Token);
        await both.Task.WaitAsync(TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.All(pids, static pid => Assert.False(IsAlive(pid)));
    }

    [Fact]
    public async Task RunAsync_MuchOnStandardError_KeepsTheEnd()
    {
        ChildResult result = await ChildProcess.RunAsync(
            Shell("i=0; while [ $i -lt 3000 ]; do echo line $i >&2; i=$((i+1)); done; exit 1"), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal((ChildEnd.Exited, 1), (result.End, result.ExitCode));
        Assert.StartsWith("line ", result.ErrorTail, StringComparison.Ordinal);
        Assert.InRange(result.ErrorTail.Length, 1000, ChildProcess.ErrorTailLength);
        Assert.EndsWith("line 2999", result.ErrorTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ProgramClosesItsInput_StillResponds()
    {
        ChildResult result = await ChildProcess.RunAsync(
            Shell("exec 0<&-; echo done") with { Input = new byte[1_000_000] }, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded);
        Assert.Equal("done\n"u8.ToArray(), result.Output.ToArray());
    }

    private static ChildCommand Shell(string script) =>
        new() { FileName = "/bin/sh", Arguments = ["-c", script], Timeout = TimeSpan.FromMinutes(1) };

    // A process that was killed may still be there as a zombie until its parent asked for it.
    private static bool IsAlive(int pid)
    {
        string status = $"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat";
        try
        {
            return !File.ReadAllText(status).Split(')')[1].TrimStart().StartsWith('Z');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
