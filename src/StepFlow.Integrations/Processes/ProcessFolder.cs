using System.Collections.Concurrent;

namespace StepFlow.Integrations.Processes;

/// <summary>
/// A temporary folder of this process, which only its owner can read. It is deleted on disposal. If the process was killed,
/// the next process that creates a folder beside it deletes it. A locked file beside the folder shows that its process runs.
/// </summary>
public sealed class ProcessFolder : IDisposable
{
    /// <summary>What the names of all these folders begin with.</summary>
    public const string NamePrefix = "stepflow-temp-";

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string LockSuffix = ".lock";
    private const int MaxAttempts = 5;

    private static readonly ConcurrentDictionary<string, bool> Checked = new(StringComparer.Ordinal);

    private readonly FileStream _lock;

    private ProcessFolder(string path, FileStream locked)
    {
        Path = path;
        _lock = locked;
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Creates a folder. The first call of a process for a parent folder also deletes those of killed processes there.</summary>
    /// <param name="parent">Where; null for the system's temporary folder.</param>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not create files there.</exception>
    public static ProcessFolder Create(string? parent = null)
    {
        string root = System.IO.Path.GetFullPath(parent is { Length: > 0 } ? parent : System.IO.Path.GetTempPath());
        Directory.CreateDirectory(root);
        if (Checked.TryAdd(root, true))
        {
            RemoveLeftovers(root);
        }

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return CreateLocked(System.IO.Path.Combine(root, NamePrefix + Guid.NewGuid().ToString("N")));
            }
            catch (IOException) when (attempt < MaxAttempts)
            {
                // Another process found the new file before it was locked, and took it for a leftover.
            }
        }
    }

    /// <summary>Creates a folder that only its owner can read. The mode of an existing folder is not changed.</summary>
    public static string CreatePrivate(string path) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, Private)).FullName;

    /// <summary>Deletes the folders of processes that have ended. Any number of processes may do so at once, while others create folders.</summary>
    /// <param name="parent">Where they are.</param>
    internal static void RemoveLeftovers(string parent)
    {
        foreach (string file in Directory.EnumerateFiles(parent, NamePrefix + "*" + LockSuffix))
        {
            try
            {
                // A file is never created here, so each folder has one lock for its whole life.
                using FileStream locked = Lock(file, FileMode.Open);
                Remove(file[..^LockSuffix.Length], locked);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Its process runs, or it belongs to another user, or it was deleted meanwhile.
            }
        }
    }

    /// <summary>The path of a file in it.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => Remove(Path, _lock);

    // The lock comes first: a folder whose lock is free belongs to no running process.
    private static ProcessFolder CreateLocked(string path)
    {
        FileStream locked = Lock(path + LockSuffix, FileMode.CreateNew);
        try
        {
            return new(CreatePrivate(path), locked);
        }
        catch
        {
            Remove(path, locked);
            throw;
        }
    }

    private static FileStream Lock(string file, FileMode mode) => new(file, mode, FileAccess.ReadWrite, FileShare.None);

    // Deletes the lock last. If the folder stays, its lock stays too, so a later process deletes both.
    private static void Remove(string path, FileStream locked)
    {
        try
        {
            using (locked)
            {
                if (Directory.Exists(path))
                {
                    Directory.Delete(path, recursive: true);
                }
            }

            File.Delete(path + LockSuffix);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A program still writes there, or another process deletes the same leftover.
        }
    }
}
