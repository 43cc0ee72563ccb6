using System.Diagnostics;
using System.Globalization;

namespace StepFlow.VideoPipeline.Media;

/// <summary>A temporary folder of one call. Gone when the call ends; what a killed process left behind goes when the next one starts.</summary>
internal sealed class Workspace : IDisposable
{
    private const string RootName = "stepflow-video";

    private Workspace(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Makes a folder. Its name begins with this process's id, so that leftovers of dead processes can be told.</summary>
    public static Workspace Create(string? parent)
    {
        string root = Path.Combine(parent ?? Path.GetTempPath(), RootName);
        string folder = Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Guid.NewGuid():N}"));
        Directory.CreateDirectory(folder);
        return new(folder);
    }

    /// <summary>Removes the folders of processes that are no more.</summary>
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
