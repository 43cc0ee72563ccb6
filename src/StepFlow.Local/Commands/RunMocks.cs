using StepFlow.Runtime.Mocks;

namespace StepFlow.Local.Commands;

/// <summary>Finds the test case of a run.</summary>
internal static class RunMocks
{
    /// <summary>Reads the file, and chooses a case.</summary>
    /// <param name="testCase">The name of the case. Null for the only one.</param>
    /// <param name="machine">The name of the state machine. The file can have cases of several.</param>
    /// <exception cref="CommandException">The case does not exist, or is ambiguous.</exception>
    /// <exception cref="MockConfigurationException">The file cannot be read, or is wrong.</exception>
    public static (MockConfiguration? Mocks, MockCase? Case) Read(string? file, string? testCase, string machine)
    {
        if (file is null)
        {
            return testCase is null ? (null, null) : throw new CommandException(ExitCodes.Usage, "--case needs --mocks FILE.");
        }

        if (!File.Exists(file))
        {
            throw new CommandException(ExitCodes.InvalidInput, $"{file}: no such file.");
        }

        MockConfiguration mocks = MockConfiguration.Load(file);
        MockCase[] all = [.. mocks.Cases.Select(static one => new MockCase(one.Machine, one.Case))];

        // The name of a file need not be the name of the machine that the mock configuration was written for.
        MockCase[] own = [.. all.Where(one => one.Machine == machine)];
        MockCase[] fitting = [.. (own.Length > 0 ? own : all).Where(one => testCase is null || one.Name == testCase)];
        return fitting.Length == 1
            ? (mocks, fitting[0])
            : throw new CommandException(
                ExitCodes.Usage,
                $"{file} has {(fitting.Length == 0 ? $"no test case {testCase}" : "several test cases")}. Choose one with --case: {string.Join(", ", all.Select(static one => $"{one.Name} (of {one.Machine})"))}.");
    }
}

/// <summary>A test case of a mock configuration.</summary>
internal sealed record MockCase(string Machine, string Name);
