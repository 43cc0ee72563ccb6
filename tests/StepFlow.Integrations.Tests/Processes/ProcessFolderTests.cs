using StepFlow.Integrations.Processes;
using StepFlow.Testing;

namespace StepFlow.Integrations.Tests.Processes;

public sealed class ProcessFolderTests : IDisposable
{
    private readonly TemporaryFolder _parent = new();

    public void Dispose() => _parent.Dispose();

    [Fact]
    public void Dispose_WithFiles_DeletesTheFolder()
    {
        ProcessFolder folder = ProcessFolder.Create(_parent.Path);
        File.WriteAllText(folder.PathOf("file"), "text");
        Directory.CreateDirectory(folder.PathOf("inner"));

        folder.Dispose();

        Assert.Empty(Directory.GetFileSystemEntries(_parent.Path));
    }

    [Fact]
    public void Create_ForTheFirstTimeInAFolder_DeletesWhatAKilledProcessLeft()
    {
        // The lock of a killed process is released; its file stays. A process that was killed at once has no such file yet.
        Directory.CreateDirectory(_parent.PathOf(Path.Combine(ProcessFolder.NamePrefix + "killed", "inner")));
        _parent.File(Path.Combine(ProcessFolder.NamePrefix + "killed", ".lock"), string.Empty);
        Directory.CreateDirectory(_parent.PathOf(ProcessFolder.NamePrefix + "at-once"));
        Directory.CreateDirectory(_parent.PathOf("other"));

        using ProcessFolder folder = ProcessFolder.Create(_parent.Path);

        Assert.Equal([folder.Path, _parent.PathOf("other")], Directory.GetDirectories(_parent.Path).OrderByDescending(static path => path, StringComparer.Ordinal));
    }

    [Fact]
    public void RemoveLeftovers_OfARunningProcess_StayUntilItEnds()
    {
        ProcessFolder folder = ProcessFolder.Create(_parent.Path);
        File.WriteAllText(folder.PathOf("file"), "text");

        ProcessFolder.RemoveLeftovers(_parent.Path);

        Assert.True(File.Exists(folder.PathOf("file")));
        folder.Dispose();
    }

    [Fact]
    public void Create_Always_IsClosedToOtherUsers()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes of files.");
            return;
        }

        using ProcessFolder folder = ProcessFolder.Create(_parent.Path);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
    }
}
