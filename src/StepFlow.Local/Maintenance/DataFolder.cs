using Microsoft.Data.Sqlite;
using StepFlow.Local.Engine;
using StepFlow.Local.Journal;

namespace StepFlow.Local.Maintenance;

/// <summary>Maintenance of a data folder: backup, restore, check, compaction.</summary>
internal static class DataFolder
{
    private const int Part = 100;

    /// <summary>Copies the current state of the data file. A server can write to it at the same time.</summary>
    /// <param name="target">The file to make; it must not exist.</param>
    /// <returns>Its size in bytes.</returns>
    /// <exception cref="JournalException">The folder has no data of a supported version, the target exists or cannot be written, or the copy is damaged.</exception>
    public static long Backup(string folder, string target)
    {
        string source = Existing(folder);
        if (File.Exists(target))
        {
            throw new JournalException(JournalProblem.Inaccessible, $"{target} exists already. Choose another file: a backup never replaces a file.");
        }

        string unfinished = target + ".unfinished";
        try
        {
            PrivateFiles.Open(unfinished, FileMode.Create, FileShare.None).Dispose();
            using (SqliteConnection from = JournalFile.Connect(source, SqliteOpenMode.ReadWrite))
            using (SqliteConnection to = JournalFile.Connect(unfinished, SqliteOpenMode.ReadWrite))
            {
                JournalSchema.Execute(from, "PRAGMA query_only=1");
                from.BackupDatabase(to);

                // One file, without a log beside it.
                JournalSchema.Execute(to, "PRAGMA journal_mode=DELETE");
            }

            Verify(unfinished);
            File.Move(unfinished, target);
            return new FileInfo(target).Length;
        }
        catch (SqliteException e)
        {
            throw JournalFile.Explain(e, source);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(JournalProblem.Inaccessible, $"The backup {target} cannot be written: {e.Message}", e);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Makes a backup the data of a folder that has none.</summary>
    /// <exception cref="JournalException">The folder is in use or has data, or the backup cannot be used.</exception>
    public static void Restore(string backup, string folder)
    {
        if (!File.Exists(backup))
        {
            throw new JournalException(JournalProblem.Inaccessible, $"There is no file {backup}.");
        }

        using FolderLock files = FolderLock.Take(folder);
        if (File.Exists(files.DataFile) && new FileInfo(files.DataFile).Length > 0)
        {
            throw new JournalException(
                JournalProblem.Inaccessible, $"{files.DataFile} exists already. Move it away, or use another folder with --data: a restore never replaces data.");
        }

        string unfinished = files.DataFile + ".unfinished";
        try
        {
            using (FileStream copy = PrivateFiles.Open(unfinished, FileMode.Create, FileShare.None))
            using (FileStream source = File.OpenRead(backup))
            {
                source.CopyTo(copy);
                copy.Flush(flushToDisk: true);
            }

            Verify(unfinished);

            // The note about other data would report a loss.
            File.Delete(files.MarkFile);
            File.Delete(files.DataFile + "-wal");
            File.Delete(files.DataFile + "-shm");
            File.Move(unfinished, files.DataFile, overwrite: true);
        }
        catch (JournalException e) when (e.Problem == JournalProblem.Corrupt)
        {
            throw new JournalException(JournalProblem.Corrupt, $"{backup} is not a backup of StepFlow data, or it is damaged. Nothing was restored.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(JournalProblem.Inaccessible, $"{backup} cannot be restored: {e.Message}", e);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Releases the disk space of removed data. No server may use the folder.</summary>
    /// <returns>The size in bytes before and after.</returns>
    public static (long Before, long After) Compact(string folder)
    {
        string path = Existing(folder);
        using JournalFile file = JournalFile.Open(new() { Folder = folder });
        JournalSchema.Execute(file.Writer, "PRAGMA wal_checkpoint(TRUNCATE)");
        long before = new FileInfo(path).Length;
        JournalSchema.Execute(file.Writer, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
        return (before, new FileInfo(path).Length);
    }

    /// <summary>Checks the data for damage. A server can run at the same time.</summary>
    /// <returns>The number of checked executions, and the damage.</returns>
    public static (long Executions, IReadOnlyList<Damage> Found) Check(string folder)
    {
        string path = Existing(folder);
        try
        {
            SqliteConnection connection = JournalFile.Connect(path, SqliteOpenMode.ReadWrite);
            JournalSchema.Execute(connection, "PRAGMA query_only=1");
            using var reader = new JournalReader(connection);
            JournalSchema.CheckVersion(connection, path);
            var check = new DataCheck(reader);
            var found = new List<Damage>();
            Read("the losses noted at earlier starts", check.Losses);
            Read(DataCheck.File, check.Structure);
            Read("documents and items of tables", check.Texts);
            Read("the list of executions", () => Executions(check));
            Read("the list of running executions", () => new RestoreCheck(reader).Find(found.Select(static damage => damage.Subject).ToHashSet()));
            long executions = 0;
            Read("the number of executions", () =>
            {
                executions = JournalSchema.Scalar(connection, "SELECT count(*) FROM executions");
                return [];
            });
            return (executions, found);

            // If the structure is damaged, some parts may not be readable. The other parts are still checked.
            void Read(string subject, Func<IEnumerable<Damage>> part)
            {
                try
                {
                    foreach (Damage damage in part())
                    {
                        found.Add(damage);
                    }
                }
                catch (SqliteException e)
                {
                    found.Add(new(subject, $"Parts of it cannot be read: {e.Message}"));
                }
            }
        }
        catch (SqliteException e)
        {
            throw JournalFile.Explain(e, path);
        }
    }

    private static IEnumerable<Damage> Executions(DataCheck check)
    {
        for (long? after = 0; after is { } last;)
        {
            foreach (Damage damage in check.Executions(last, Part, out after))
            {
                yield return damage;
            }
        }
    }

    private static string Existing(string folder)
    {
        string path = Path.Combine(Path.GetFullPath(folder), "stepflow.db");
        return File.Exists(path)
            ? path
            : throw new JournalException(JournalProblem.Inaccessible, $"The folder {folder} has no data. Use --data to name the data folder.");
    }

    private static void Verify(string path)
    {
        try
        {
            using SqliteConnection connection = JournalFile.Connect(path, SqliteOpenMode.ReadWrite);
            JournalSchema.CheckApplication(connection, path);
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA integrity_check(1)";
            if (command.ExecuteScalar() is not "ok")
            {
                throw new JournalException(JournalProblem.Corrupt, $"{path} is damaged. Run 'stepflow doctor' on the data folder from which it was made.");
            }
        }
        catch (SqliteException e)
        {
            throw JournalFile.Explain(e, path);
        }
    }
}
