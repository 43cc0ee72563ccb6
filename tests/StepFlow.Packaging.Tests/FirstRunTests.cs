using StepFlow.Testing;

namespace StepFlow.Packaging.Tests;

/// <summary>The script that times each way of installing.</summary>
public sealed class FirstRunTests(Packages packages) : PackagingTest
{
    [Fact]
    public async Task Script_EachWayOfInstalling_LeadsToARunningExecutionInTheConsole()
    {
        Command run = await Command.RunAsync("bash", [Path.Combine(Repository.Root, "scripts", "first-run.sh"), packages.Folder], Cancelled, Folder, Bare);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Equal(["program", "tool", "npm"], run.Output.TrimEnd().Split('\n').Select(static line => line.Split(':')[0]));
        Assert.All(run.Output.TrimEnd().Split('\n'), static line => Assert.Contains("an execution running in the console after", line, StringComparison.Ordinal));
    }
}
