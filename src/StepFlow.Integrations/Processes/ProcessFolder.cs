using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace StepFlow.Integrations.Processes;

/// <summary>
/// A temporary folder of this process, which only its owner can read. It is deleted on disposal. If the process was killed,
/// the next process that creates a folder beside it deletes it. A locked file in the folder shows that its process runs.
/// </summary>
public sealed class ProcessFolder : IDisposable
{
    /// <summary>What the names of all these folders begin with.</summary>
    public const string NamePrefix = "stepflow-temp-";

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string LockName = ".lock";
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
            string path = System.IO.Path.Combine(root, NamePrefix + Guid.NewGuid().ToString("N"));
            CreatePrivate(path);
            if (TryLock(path, FileMode.CreateNew, out FileStream? locked))
            {
                return new(path, locked);
            }

            // Another process found the folder before it was locked, and took it for a leftover.
            Remove(path);
            if (attempt == MaxAttempts)
            {
                throw new IOException($"The temporary folder '{path}' cannot be used: its file '{LockName}' cannot be created and locked.");
            }
        }
    }

    /// <summary>Creates a folder that only its owner can read. The mode of an existing folder is not changed.</summary>
    public static string CreatePrivate(string path) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, Private)).FullName;

    /// <summary>Deletes the folders of processes that have ended.</summary>
    /// <param name="parent">Where they are.</param>
    internal static void RemoveLeftovers(string parent)
    {
        foreach (string path in Directory.EnumerateDirectories(parent, NamePrefix + "*"))
        {
            if (TryLock(path, FileMode.OpenOrCreate, out FileStream? locked))
            {
                locked.Dispose();
                Remove(path);
            }
        }
    }

    /// <summary>The path of a file in it.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        Remove(Path);
    }

    private static bool TryLock(string path, FileMode mode, [NotNullWhen(true)] out FileStream? locked)
    {
        try
        {
            locked = new(System.IO.Path.Combine(path, LockName), mode, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Its process runs, or the folder belongs to another user, or it was deleted meanwhile.
            locked = null;
            return false;
        }
    }

    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A program still writes there, or another process deletes the same leftover. What stays is not locked, so a later process deletes it.
        }
    }
}
