namespace StepFlow.Integrations.Jobs;

/// <summary>The folder for the files of jobs that are programs. A durable host uses a permanent folder.</summary>
public sealed class JobFolder : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Lazy<string> _path;
    private readonly bool _isTemporary;

    /// <summary>Creates a temporary folder, which is deleted on disposal.</summary>
    public JobFolder() => (_path, _isTemporary) = (new(static () => Directory.CreateTempSubdirectory("stepflow-jobs-").FullName), true);

    /// <summary>A folder that stays.</summary>
    /// <param name="path">Where; made when the first job starts, readable by its owner only.</param>
    public JobFolder(string path) => _path = new(() => Create(System.IO.Path.GetFullPath(path)));

    /// <summary>Its full path.</summary>
    internal string Path => _path.Value;

    /// <summary>Creates a folder that only its owner can read. The mode of an existing folder is not changed.</summary>
    internal static string Create(string path) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, Private)).FullName;

    public void Dispose()
    {
        if (_isTemporary && _path.IsValueCreated)
        {
            try
            {
                Directory.Delete(_path.Value, recursive: true);
            }
            catch (IOException)
            {
                // A job still writes there. The system deletes the folder later.
            }
        }
    }
}
