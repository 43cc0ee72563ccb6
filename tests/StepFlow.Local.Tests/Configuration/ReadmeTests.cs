using StepFlow.Local.Configuration;
using StepFlow.Runtime.Configuration;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Configuration;

/// <summary>The README's table of settings is whole.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task Settings_InTheReadme_AreThoseOfTheCode()
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "README.md"), TestContext.Current.CancellationToken);
        string[] told = [.. lines
            .SkipWhile(static line => !line.StartsWith("### Settings", StringComparison.Ordinal))
            .Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(static line => line.Split('|')[1].Split(',').Select(static name => name.Trim().Trim('`')))];

        Assert.Equal(SettingsCheck.Paths(ConfigurationFile.Sections), told.Order(StringComparer.Ordinal));
    }
}
