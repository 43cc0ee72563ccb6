using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace StepFlow.Integrations.Processes;

/// <summary>
/// Runs child processes. When the call returns, the process and all its descendants have ended. On Linux they also end
/// when this process is killed.
/// </summary>
public static class ChildProcess
{
    /// <summary>The maximum number of characters of standard error that are collected.</summary>
    public const int ErrorTailLength = 4096;

    /// <summary>How long the pipes are read on after the child has exited, in milliseconds.</summary>
    private const int DrainMilliseconds = 2000;

    private const string SetPriv = "/usr/bin/setpriv";
    private static readonly bool HasSetPriv = OperatingSystem.IsLinux() && File.Exists(SetPriv);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="time">The clock of the time limit.</param>
    /// <param name="cancellationToken">Kills the process and all that it started.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing of it runs any more.</exception>
    public static Task<ChildResult> RunAsync(ChildCommand command, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // The kernel connects "die with your parent" to the thread that started the child. A pool thread may end
        // before the child does, so each child has its own thread.
        var ended = new TaskCompletionSource<ChildResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                ended.SetResult(Run(command, time, cancellationToken));
            }
            catch (OperationCanceledException cancelled)
            {
                ended.SetCanceled(cancelled.CancellationToken);
            }
            catch (Exception failure)
            {
                ended.SetException(failure);
            }
        })
        {
            IsBackground = true,
            Name = "child " + Path.GetFileName(command.FileName),
        };
        thread.Start();
        return ended.Task;
    }

    private static ChildResult Run(ChildCommand command, TimeProvider time, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = Describe(command) };
        try
        {
            process.Start();
        }
        catch (Exception failure) when (failure is Win32Exception or FileNotFoundException)
        {
            return new(ChildEnd.NotStarted, -1, default, failure.Message);
        }

        using var timeout = new CancellationTokenSource(command.Timeout, time);
        using var tooLarge = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, tooLarge.Token, cancellationToken);
        using CancellationTokenRegistration kill = stop.Token.Register(() => Kill(process));

        var tail = new TextTail(ErrorTailLength);
        var collected = new CapturedOutput(command.MaxOutputBytes);
        Task output = command.OutputLine is { } line
            ? ReadLinesAsync(process.StandardOutput, line)
            : ReadBytesAsync(process.StandardOutput.BaseStream, collected, tooLarge);
        Task errors = ReadTailAsync(process.StandardError, tail);
        Task input = WriteAsync(process.StandardInput.BaseStream, command.Input);
        process.WaitForExit();
        int exitCode = process.ExitCode;

        // A grandchild may keep the pipes open. The output of the child itself is already in them.
        Task.WaitAll([output, errors, input], DrainMilliseconds, CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        ChildEnd end = tooLarge.IsCancellationRequested ? ChildEnd.OutputTooLarge
            : timeout.IsCancellationRequested ? ChildEnd.TimedOut
            : ChildEnd.Exited;
        return new(end, exitCode, collected.ToArray(), tail.ToString());
    }

    private static ProcessStartInfo Describe(ChildCommand command)
    {
        string program = Find(command.FileName);
        var start = new ProcessStartInfo
        {
            // A program that does not exist is started directly, so that the error message names it.
            FileName = HasSetPriv && File.Exists(program) ? SetPriv : program,
            WorkingDirectory = command.WorkingDirectory ?? string.Empty,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (start.FileName == SetPriv)
        {
            start.ArgumentList.Add("--pdeathsig");
            start.ArgumentList.Add("KILL");
            start.ArgumentList.Add("--");
            start.ArgumentList.Add(program);
        }

        foreach (string argument in command.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        ChildEnvironment.Fill(start.Environment, command.Inherited, command.Environment);

        return start;
    }

    private static string Find(string fileName)
    {
        if (fileName.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return fileName;
        }

        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator))
        {
            string candidate = Path.Combine(folder, fileName);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return fileName;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended already.
        }
    }

    private static async Task ReadBytesAsync(Stream stream, CapturedOutput collected, CancellationTokenSource tooLarge)
    {
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            if (!collected.Append(buffer.AsSpan(0, read)))
            {
                await tooLarge.CancelAsync().ConfigureAwait(false);
                break;
            }
        }
    }

    private static async Task ReadLinesAsync(StreamReader reader, Action<string> line)
    {
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } text)
        {
            line(text);
        }
    }

    private static async Task ReadTailAsync(StreamReader reader, TextTail tail)
    {
        char[] buffer = new char[4096];
        int read;
        while ((read = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            tail.Append(buffer.AsSpan(0, read));
        }
    }

    private static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> input)
    {
        try
        {
            await stream.WriteAsync(input).ConfigureAwait(false);
            await stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It ended, or closed its input, without reading all of it.
        }
    }
}
