using StepFlow.Local.Failures;

namespace StepFlow.Local.Tests.Failures;

public sealed class SystemLibrariesTests
{
    [Fact]
    public void Require_NoneOfTheLibraries_ReportsWhatToInstall()
    {
        CommandException e = Assert.Throws<CommandException>(static () => SystemLibraries.Require(["libstepflow-none.so.1", "libstepflow-none.so.2"], version: null));

        Assert.Equal(ExitCodes.LibraryMissing, e.ExitCode);
        Assert.StartsWith("OpenSSL is not installed: there is no libstepflow-none.so.1 and no libstepflow-none.so.2.", e.Message, StringComparison.Ordinal);
        Assert.Contains("'apt-get install libssl3'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Require_OneOfTheLibraries_IsEnough() => SystemLibraries.Require(["libstepflow-none.so.1", "libc.so.6"], version: "none");
}
