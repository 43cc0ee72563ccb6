using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using StepFlow.Integrations.Processes;

namespace StepFlow.Integrations.Jobs;

/// <summary>
/// A job that is a program on this machine. A small wrapper script runs it outside this process, so the program continues when the
/// server ends for any reason. The folder of the job has a name computed from the idempotency key. One wrapper reserves it
/// and writes the job's state into it. So the job runs once, and a restarted server finds it again.
/// </summary>
internal sealed class ProgramJob(string name, JobOptions options, JobFolder folder, TimeProvider time) : IJob
{
    private const int MaxResultBytes = 6 * 1024 * 1024;

    /// <summary>The maximum time until a wrapper has written its process id.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);

    /// <summary>How long the files of an ended job are stored.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(14);

    private static readonly string RunScript = Read("run.sh");
    private static readonly string StopScript = Read("stop.sh");

    private DateTimeOffset _cleaned = DateTimeOffset.MinValue;

    public string Name => name;

    public TimeSpan Interval => TimeSpan.FromMilliseconds(250);

    public bool HasResultFile => true;

    public Task<JobState> StartAsync(JobRequest request, CancellationToken cancellationToken)
    {
        Clean();
        ProgramJobFiles files = ProgramJobFiles.OfKey(folder.Path, request.Call.IdempotencyKey);
        if (!File.Exists(files.Input))
        {
            ProcessFolder.CreatePrivate(files.Folder);
            string prepared = files.Input + ".new";
            File.WriteAllBytes(prepared, request.Call.Arguments.ToUtf8());
            File.Move(prepared, files.Input, overwrite: true);
        }

        if (!File.Exists(files.Started))
        {
            // The wrapper of an earlier call may be starting. The first of both runs the program, and the other one ends.
            Launch(Describe(files, request));
        }

        return Task.FromResult(ReadState(files));
    }

    public Task<JobState> ReadAsync(string id, CancellationToken cancellationToken) => Task.FromResult(ReadState(ProgramJobFiles.OfId(folder.Path, id)));

    public async Task StopAsync(string idempotencyKey, CancellationToken cancellationToken)
    {
        ProgramJobFiles files = ProgramJobFiles.OfKey(folder.Path, idempotencyKey);
        if (!Directory.Exists(files.Folder) || files.ExitCode is not null)
        {
            return;
        }

        await File.WriteAllTextAsync(files.Stopped, string.Empty, cancellationToken);
        if (TryClaim(files))
        {
            return;
        }

        int? process;
        DateTimeOffset begun = time.GetUtcNow();
        while ((process = files.RunningProcess(out bool isKnown)) is null && !isKnown && files.ExitCode is null && time.GetUtcNow() - begun < LongestStart)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }

        if (process is { } group)
        {
            // The script continues if this process ends meanwhile.
            using Process stop = Launch(Shell(StopScript, [files.Folder, group.ToString(System.Globalization.CultureInfo.InvariantCulture)]));
            await stop.WaitForExitAsync(cancellationToken);
        }
    }

    // If no wrapper has reserved the job, none can do so afterwards.
    private static bool TryClaim(ProgramJobFiles files)
    {
        try
        {
            using FileStream claim = new(files.Started, FileMode.CreateNew);
        }
        catch (IOException)
        {
            return false;
        }

        File.WriteAllText(files.Exit, "137");
        return true;
    }

    private JobState ReadState(ProgramJobFiles files)
    {
        DateTimeOffset? started = ProgramJobFiles.TimeOf(files.Started);
        if (files.ExitCode is not { } code)
        {
            bool runs = files.RunningProcess(out bool isKnown) is not null || (!isKnown && (started is not { } at || time.GetUtcNow() - at < LongestStart));

            // It may have ended between the two checks.
            return runs || files.ExitCode is not null
                ? new(files.Id, JobPhase.Running) { StartTime = started }
                : new(files.Id, JobPhase.Failed) { StartTime = started, EndTime = time.GetUtcNow(), Reason = JobErrors.Lost, LogTail = files.LogTail() };
        }

        bool stopped = File.Exists(files.Stopped);
        return new(files.Id, stopped ? JobPhase.Stopped : code == 0 ? JobPhase.Succeeded : JobPhase.Failed)
        {
            StartTime = started,
            EndTime = ProgramJobFiles.TimeOf(files.Exit),
            ExitCode = code,
            Reason = stopped ? JobErrors.Stopped : code == 0 ? null : JobErrors.Exited(code),
            LogTail = files.LogTail(),
            Result = files.ReadResult(MaxResultBytes),
        };
    }

    private ProcessStartInfo Describe(ProgramJobFiles files, JobRequest request)
    {
        ProcessStartInfo start = Shell(RunScript, [files.Folder, options.Command!, .. request.ArgumentsOver(options.Arguments)]);
        start.WorkingDirectory = options.WorkingDirectory ?? string.Empty;
        Dictionary<string, string> environment = request.EnvironmentOver(options.Environment);
        environment[JobVariables.ResultFile] = files.Result;
        environment["STEPFLOW_JOB_NAME"] = name;
        ChildEnvironment.Fill(start.Environment, [.. options.InheritedEnvironment], environment);
        return start;
    }

    // A separate session: signals to the server's process group do not reach it, and the whole group can be stopped together.
    private static ProcessStartInfo Shell(string script, IEnumerable<string> arguments) =>
        OperatingSystem.IsLinux() ? new("setsid", ["sh", "-c", script, "sh", .. arguments]) : new("sh", ["-c", script, "sh", .. arguments]);

    private static Process Launch(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new NotSupportedException(JobErrors.NoShell(failure.Message), failure);
        }
    }

    private void Clean()
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now - _cleaned < TimeSpan.FromHours(1))
        {
            return;
        }

        _cleaned = now;
        foreach (string one in Directory.EnumerateDirectories(folder.Path))
        {
            if (ProgramJobFiles.TimeOf(ProgramJobFiles.OfId(folder.Path, Path.GetFileName(one)).Exit) is { } ended && now - ended > Retention)
            {
                Directory.Delete(one, recursive: true);
            }
        }
    }

    private static string Read(string script)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("StepFlow.Integrations.Jobs." + script)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
