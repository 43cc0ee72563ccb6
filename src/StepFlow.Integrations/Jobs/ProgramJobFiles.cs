using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StepFlow.Integrations.Processes;

namespace StepFlow.Integrations.Jobs;

/// <summary>The files of one program that runs as a job: its input, and the state that its wrapper writes.</summary>
internal sealed class ProgramJobFiles
{
    private const int LogTailBytes = 4096;

    private ProgramJobFiles(string folder) => Folder = folder;

    public string Folder { get; }

    public string Id => Path.GetFileName(Folder);

    /// <summary>The program's standard input. It is written last, so if it is missing, the job was not completely prepared.</summary>
    public string Input => File("input.json");

    /// <summary>Where the program may write its result.</summary>
    public string Result => File("result.json");

    /// <summary>The program's output.</summary>
    public string Log => File("log");

    /// <summary>Created by the process that starts the job, so it starts once.</summary>
    public string Started => File("started");

    /// <summary>Made when the job is to be stopped.</summary>
    public string Stopped => File("stopped");

    /// <summary>The exit code, once the program has ended.</summary>
    public string Exit => File("exit");

    /// <summary>The wrapper's process id and when it began.</summary>
    private string Process => File("process");

    public static ProgramJobFiles OfKey(string root, string idempotencyKey) =>
        OfId(root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)))[..32]);

    public static ProgramJobFiles OfId(string root, string id) => new(Path.Combine(root, id));

    public int? ExitCode => ReadText(Exit) is { } text && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int code) ? code : null;

    /// <summary>When a file was last written; null if it does not exist.</summary>
    public static DateTimeOffset? TimeOf(string file) => System.IO.File.Exists(file) ? System.IO.File.GetLastWriteTimeUtc(file) : null;

    /// <summary>The wrapper's process id while it runs; null if it does not, or has not written it yet.</summary>
    /// <param name="isKnown">Whether the wrapper has written its process id.</param>
    public int? RunningProcess(out bool isKnown)
    {
        string[]? parts = ReadText(Process)?.Split(' ', 2);
        isKnown = parts is { Length: 2 };
        return isKnown && int.TryParse(parts![0], NumberStyles.None, CultureInfo.InvariantCulture, out int id) && BeginOf(id) == parts[1].Trim() ? id : null;
    }

    /// <summary>The end of the program's output.</summary>
    public string LogTail()
    {
        if (!System.IO.File.Exists(Log))
        {
            return string.Empty;
        }

        using FileStream log = new(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        log.Seek(-Math.Min(log.Length, LogTailBytes), SeekOrigin.End);
        using var reader = new StreamReader(log, Encoding.UTF8);
        var tail = new TextTail(LogTailBytes);
        tail.Append(reader.ReadToEnd());
        return tail.ToString();
    }

    /// <summary>The result that the program wrote; null where it wrote none, or no JSON.</summary>
    /// <param name="most">Bytes it may have.</param>
    public JsonValue? ReadResult(int most) =>
        new FileInfo(Result) is { Exists: true, Length: > 0 } file && file.Length <= most ? JsonValue.ParseOrNull(System.IO.File.ReadAllText(Result)) : null;

    /// <summary>When a process started, in the wrapper's format; null if it does not exist.</summary>
    private static string? BeginOf(int process)
    {
        if (ReadText($"/proc/{process}/stat") is { } stat)
        {
            // The program's name is in parentheses and can contain anything. The 22nd field is the 20th after it.
            return stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(19);
        }

        return OperatingSystem.IsLinux() ? null : ListedBegin(process);
    }

    private static string? ListedBegin(int process)
    {
        using var list = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("ps", ["-o", "lstart=", "-p", process.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true });
        string? begin = list?.StandardOutput.ReadToEnd().Trim();
        list?.WaitForExit();
        return string.IsNullOrEmpty(begin) ? null : begin;
    }

    private static string? ReadText(string path)
    {
        try
        {
            return System.IO.File.ReadAllText(path);
        }
        catch (IOException)
        {
            // The file does not exist, or was deleted just now.
            return null;
        }
    }

    private string File(string name) => Path.Combine(Folder, name);
}
