using StepFlow.Testing;
using YamlDotNet.RepresentationModel;

namespace StepFlow.Packaging.Tests;

/// <summary>The GitHub action: its step, run as a runner runs it.</summary>
public sealed class ActionTests(Packages packages) : PackagingTest
{
    [Theory]
    [InlineData("validate hello.asl.json", 0)]
    [InlineData("validate wrong.asl.json", 3)]
    [InlineData("validate *.asl.json", 3)]
    [InlineData("eval '1 + 1'", 0)]
    [InlineData("validate none-*.json", 4)]
    public async Task Step_WithArguments_EndsAsTheCommandDoes(string arguments, int exitCode)
    {
        Command run = await RunAsync(arguments);
        Assert.True(run.ExitCode == exitCode, $"{run.ExitCode}\n{run.Output}{run.Error}");
    }

    [Fact]
    public async Task Step_WithAPattern_NamesEveryFile()
    {
        Command run = await RunAsync("validate *.asl.json");
        Assert.Contains("hello.asl.json: valid", run.Output, StringComparison.Ordinal);
        Assert.Contains("wrong.asl.json:1:", run.Output, StringComparison.Ordinal);
    }

    private async Task<Command> RunAsync(string arguments)
    {
        using var text = new StreamReader(Path.Combine(Repository.Root, ".github", "actions", "stepflow", "action.yml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        YamlNode step = yaml.Documents[0].RootNode["runs"]["steps"][0];
        Dictionary<string, string> environment = Bare;
        foreach ((YamlNode name, YamlNode value) in ((YamlMappingNode)step["env"]).Children)
        {
            environment[name.ToString()] = value.ToString() switch
            {
                "${{ inputs.version }}" => packages.Version,
                "${{ inputs.arguments }}" => arguments,
                string other => throw new InvalidOperationException($"The action reads {other}, which this test does not give."),
            };
        }

        // No registry has the packages here: npx is given what they installed.
        string bin = Path.Combine(Folder, "bin");
        Directory.CreateDirectory(bin);
        string npx = Path.Combine(bin, "npx");
        await File.WriteAllTextAsync(npx, $"#!/bin/sh\n[ \"$1\" = --yes ] && [ \"$2\" = stepflow@{packages.Version} ] || exit 99\nshift 2\nexec {packages.Program} \"$@\"\n", Cancelled);
        File.SetUnixFileMode(npx, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        environment["PATH"] = $"{bin}:{environment["PATH"]}";

        // As a runner starts 'shell: bash'.
        return await Command.RunAsync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"].ToString()], Cancelled, Folder, environment);
    }
}
