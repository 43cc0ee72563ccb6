using StepFlow.Integrations.Processes;

namespace StepFlow.Integrations.Jobs;

/// <summary>The folder for the files of jobs that are programs. A durable host uses a permanent folder.</summary>
public sealed class JobFolder : IDisposable
{
    private readonly Lazy<ProcessFolder>? _temporary;
    private readonly Lazy<string> _path;

    /// <summary>Creates a temporary folder, which is deleted on disposal.</summary>
    public JobFolder()
    {
        _temporary = new(static () => ProcessFolder.Create());
        _path = new(() => _temporary.Value.Path);
    }

    /// <summary>A folder that stays.</summary>
    /// <param name="path">Where; made when the first job starts, readable by its owner only.</param>
    public JobFolder(string path) => _path = new(() => ProcessFolder.CreatePrivate(System.IO.Path.GetFullPath(path)));

    /// <summary>Its full path.</summary>
    internal string Path => _path.Value;

    public void Dispose()
    {
        if (_temporary is { IsValueCreated: true })
        {
            _temporary.Value.Dispose();
        }
    }
}
