namespace StepFlow.Local.Journal;

/// <summary>
/// A data folder that one process has locked. The file <c>lock</c> is locked and, on systems where this does not affect readers, the
/// data file too, so that a folder stays locked if its lock file is deleted. Only their owner can read the files.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly List<FileStream> _held = [];

    private FolderLock(string folder) => Folder = folder;

    public string Folder { get; }

    public string DataFile => Path.Combine(Folder, "stepflow.db");

    /// <summary>The note about the last commit.</summary>
    public string MarkFile => Path.Combine(Folder, "stepflow.commit");

    /// <summary>Takes a folder; makes it where it does not exist.</summary>
    /// <exception cref="JournalException">Another process has it, or it cannot be written.</exception>
    public static FolderLock Take(string folder)
    {
        var taken = new FolderLock(Path.GetFullPath(folder));
        try
        {
            PrivateFiles.CreateFolder(taken.Folder);
            taken.Hold(Path.Combine(taken.Folder, "lock"));
            if (OperatingSystem.IsWindows())
            {
                return taken;
            }

            // SQLite's locks are of another kind on these systems. This lock does not affect them if it is released
            // after SQLite has closed the file.
            taken.Hold(taken.DataFile);
            taken.Restrict();
            return taken;
        }
        catch (Exception e)
        {
            taken.Dispose();
            throw Explain(e, folder) ?? e;
        }
    }

    public void Dispose() => _held.ForEach(held => held.Dispose());

    private void Hold(string path) => _held.Add(PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.None));

    /// <summary>Files of older versions were readable by everybody. SQLite makes its other files like the data file.</summary>
    private void Restrict()
    {
        foreach (string file in (string[])[DataFile, DataFile + "-wal", DataFile + "-shm", Path.Combine(Folder, "lock"), MarkFile])
        {
            PrivateFiles.Restrict(file);
        }
    }

    private static JournalException? Explain(Exception e, string folder) => e switch
    {
        UnauthorizedAccessException => new(JournalProblem.Inaccessible, $"The data folder {folder} cannot be written: {e.Message}", e),
        IOException when Directory.Exists(folder) => new(
            JournalProblem.Locked,
            $"The data folder {folder} is in use by another stepflow server. Stop that server, or use another folder with --data.",
            e),
        IOException => new(JournalProblem.Inaccessible, $"The data folder {folder} cannot be created: {e.Message}", e),
        _ => null,
    };
}
