using System.Threading.Channels;
using StepFlow.Local.Journal;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Local.Serving;

/// <summary>
/// Writes execution logs to files of the data folder, one JSON record in each line, if a state machine's logging configuration requires
/// them: <c>logs/GROUP.jsonl</c> for a log group. A large file is renamed, and a second one with older records is deleted.
/// </summary>
internal sealed class FileLogSink : IExecutionLogSink, IAsyncDisposable
{
    /// <summary>The folder in the data folder.</summary>
    public const string Folder = "logs";

    /// <summary>The file of machines that name no log group.</summary>
    public const string DefaultGroup = "executions";

    private const long MaxBytes = 64L * 1024 * 1024;
    private const int MaxWaiting = 100_000;

    private readonly string _folder;
    private readonly ILogger<FileLogSink> _logger;
    private readonly Channel<ExecutionLogEntry> _entries;
    private readonly Task _writing;
    private long _dropped;

    /// <param name="logger">The log for failures to write.</param>
    public FileLogSink(string dataFolder, ILogger<FileLogSink> logger)
    {
        _folder = Path.Combine(dataFolder, Folder);
        _logger = logger;
        _entries = Channel.CreateBounded<ExecutionLogEntry>(
            new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite },
            _ => Interlocked.Increment(ref _dropped));
        _writing = Task.Run(WriteAllAsync);
    }

    public void Write(ExecutionLogEntry entry) => _entries.Writer.TryWrite(entry);

    /// <summary>Writes what waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _writing;
    }

    /// <summary>The file's name of a log group: <c>arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*</c>.</summary>
    public static string FileName(string? logGroupArn)
    {
        string[] parts = logGroupArn?.Split(':') ?? [];
        string group = parts.Length > 6 ? parts[6] : DefaultGroup;
        string name = string.Concat(group.Trim('/').Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-')).TrimStart('.');
        return (name.Length == 0 ? DefaultGroup : name) + ".jsonl";
    }

    private async Task WriteAllAsync()
    {
        while (await _entries.Reader.WaitToReadAsync())
        {
            var batch = new Dictionary<string, List<ExecutionLogEntry>>(StringComparer.Ordinal);
            while (_entries.Reader.TryRead(out ExecutionLogEntry? entry))
            {
                string name = FileName(entry.LogGroupArn);
                (batch.TryGetValue(name, out List<ExecutionLogEntry>? entries) ? entries : batch[name] = []).Add(entry);
            }

            foreach ((string name, List<ExecutionLogEntry> entries) in batch)
            {
                await AppendAsync(Path.Combine(_folder, name), entries);
            }

            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and long dropped)
            {
                LocalLogs.ExecutionLogsDropped(_logger, dropped);
            }
        }
    }

    private async Task AppendAsync(string path, List<ExecutionLogEntry> entries)
    {
        try
        {
            PrivateFiles.CreateFolder(_folder);
            if (File.Exists(path) && new FileInfo(path).Length > MaxBytes)
            {
                File.Move(path, path + ".1", overwrite: true);
            }

            await PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.ReadWrite).DisposeAsync();
            PrivateFiles.Restrict(path);
            await File.AppendAllLinesAsync(path, entries.Select(static entry => entry.Record.ToString()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LocalLogs.ExecutionLogFailed(_logger, e, path, entries.Count);
        }
    }
}
