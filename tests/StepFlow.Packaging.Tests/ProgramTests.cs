using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using StepFlow.Testing;

namespace StepFlow.Packaging.Tests;

/// <summary>The program alone, with an empty home and without a .NET runtime to be found.</summary>
public sealed class ProgramTests(Packages packages) : PackagingTest
{
    /// <summary>Bytes that the unpacked program may have. With the runtime compiled once more and nothing left out it had 183 MB.</summary>
    private const long MaxBytes = 145_000_000;

    [Fact]
    public async Task Archive_Unpacked_IsOneFileThatRuns()
    {
        string folder = Path.GetDirectoryName(packages.Program)!;
        Assert.Equal([Path.Combine(folder, "LICENSE"), packages.Program], Directory.GetFiles(folder).Order(StringComparer.Ordinal));
        Assert.InRange(new FileInfo(packages.Program).Length, 1, MaxBytes);
        await CheckAsync(packages.Program, [], packages.Version);
        await CheckServerAsync([packages.Program]);
    }

    [Fact]
    public async Task Packages_CarryTheCommitsTimeAndNobodysName()
    {
        Command commit = await Command.RunAsync("git", ["-C", Repository.Root, "log", "-1", "--format=%ct"], Cancelled);
        DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(commit.ExitCode == 0 ? long.Parse(commit.Output, CultureInfo.InvariantCulture) : 946_684_800);
        await using var gzip = new GZipStream(File.OpenRead(packages.Archive), CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        TarEntry entry = (await tar.GetNextEntryAsync(cancellationToken: Cancelled))!;

        Assert.Equal(("stepflow", 0, 0, time), (entry.Name, entry.Uid, entry.Gid, entry.ModificationTime));
        Assert.Equal("LICENSE", (await tar.GetNextEntryAsync(cancellationToken: Cancelled))?.Name);
        Assert.Null(await tar.GetNextEntryAsync(cancellationToken: Cancelled));
        using ZipArchive tool = ZipFile.OpenRead(packages.Tool);
        Assert.All(tool.Entries, one => Assert.InRange(one.LastWriteTime.DateTime, time.UtcDateTime.AddSeconds(-2), time.UtcDateTime));
    }
}
