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
        // The lock of a killed process is released; its file stays. A process that was killed at once has no folder yet.
        Directory.CreateDirectory(_parent.PathOf(Path.Combine(ProcessFolder.NamePrefix + "killed", "inner")));
        _parent.File(ProcessFolder.NamePrefix + "killed.lock", string.Empty);
        _parent.File(ProcessFolder.NamePrefix + "at-once.lock", string.Empty);
        Directory.CreateDirectory(_parent.PathOf("other"));

        using ProcessFolder folder = ProcessFolder.Create(_parent.Path);

        Assert.Equal([_parent.PathOf("other"), folder.Path, folder.Path + ".lock"], Directory.GetFileSystemEntries(_parent.Path).Order(StringComparer.Ordinal));
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
    public async Task RemoveLeftovers_ManyAtOnceWhileFoldersAreCreated_NeverDeletesOneInUse()
    {
        using var ended = new CancellationTokenSource();
        Task[] cleaners = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!ended.IsCancellationRequested)
            {
                ProcessFolder.RemoveLeftovers(_parent.Path);
            }
        }))];

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            for (int round = 0; round < 300; round++)
            {
                using ProcessFolder folder = ProcessFolder.Create(_parent.Path);
                File.WriteAllText(folder.PathOf("file"), "text");
                Assert.Equal("text", File.ReadAllText(folder.PathOf("file")));
            }
        })));

        await ended.CancelAsync();
        await Task.WhenAll(cleaners);
        ProcessFolder.RemoveLeftovers(_parent.Path);
        Assert.Empty(Directory.GetFileSystemEntries(_parent.Path));
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
