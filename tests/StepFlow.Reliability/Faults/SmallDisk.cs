using System.Diagnostics;

namespace StepFlow.Reliability.Faults;

/// <summary>A file system of its own for the data folder, so that it can be full. Needs Linux and root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>Mounts one on a folder.</summary>
    /// <param name="folder">The folder; it exists and is empty.</param>
    /// <param name="megabytes">Its size.</param>
    /// <returns>The disk; null where this process may not mount.</returns>
    public static SmallDisk? TryMount(string folder, int megabytes) =>
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "stepflow-reliability", folder)
            ? new(folder)
            : null;

    public void Dispose() => Run("umount", _folder);

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
