using System.Diagnostics;
using System.Globalization;

namespace StepFlow.VideoPipeline.Media;

/// <summary>A temporary folder of one call. It is deleted at the end of the call. The folder of a killed process is deleted when the next process starts.</summary>
internal sealed class Workspace : IDisposable
{
    private const string RootName = "stepflow-video";

    private Workspace(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Creates a folder. Its name begins with the id of this process, so folders of ended processes can be recognized.</summary>
    public static Workspace Create(string? parent)
    {
        string root = Path.Combine(parent ?? Path.GetTempPath(), RootName);
        string folder = Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Guid.NewGuid():N}"));
        Directory.CreateDirectory(folder);
        return new(folder);
    }

    /// <summary>Deletes the folders of processes that have ended.</summary>
    public static void RemoveLeftovers(string? parent)
    {
        string root = Path.Combine(parent ?? Path.GetTempPath(), RootName);
        if (!Directory.Exists(root))
        {
            return;
        }

        foreach (string folder in Directory.EnumerateDirectories(root))
        {
            if (int.TryParse(Path.GetFileName(folder).Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int id) && !IsRunning(id))
            {
                Remove(folder);
            }
        }
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Dispose() => Remove(Folder);

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another process may be removing the same leftovers.
        }
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
