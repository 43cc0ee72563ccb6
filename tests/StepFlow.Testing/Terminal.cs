using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace StepFlow.Testing;

/// <summary>
/// A program in a pseudo-terminal, as a person has it: <c>script</c> of util-linux makes the terminal, which every Debian has.
/// </summary>
public sealed class Terminal : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _screen = new();
    private readonly Task _reading;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Terminal(Process process)
    {
        _process = process;
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Whether this machine can make one.</summary>
    public static bool IsAvailable { get; } = OperatingSystem.IsLinux() && File.Exists("/usr/bin/script");

    /// <summary>What was shown so far, without carriage returns. Colours are in it as the program wrote them.</summary>
    public string Screen
    {
        get
        {
            lock (_screen)
            {
                return _screen.ToString();
            }
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="columns">How wide the terminal is.</param>
    /// <param name="environment">Variables to set; null for none.</param>
    /// <param name="folder">Where it runs; null for here.</param>
    public static Terminal Start(IEnumerable<string> command, int columns, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        string program = string.Join(' ', command.Select(static word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));

        // The terminal that script makes has no size: its own input is none. The process that runs the tests may ignore signals (nohup
        // and jobs in the background do), and what they start would ignore them too.
        string line = string.Create(CultureInfo.InvariantCulture, $"stty rows 50 cols {columns} -echo && exec env --default-signal=HUP,INT,QUIT,TERM {program}");
        var start = new ProcessStartInfo("/usr/bin/script", ["--quiet", "--return", "--command", line, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = folder ?? string.Empty,
        };
        start.Environment["SHELL"] = "/bin/sh";
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start.WithoutDiagnostics())!);
    }

    /// <summary>Types a text. A line ends with a line feed; <c>\u0003</c> is Ctrl+C, <c>\u0004</c> Ctrl+D.</summary>
    public async Task TypeAsync(string text, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteAsync(text.AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
    }

    /// <summary>Waits until a text was shown.</summary>
    /// <exception cref="InvalidOperationException">The program ended before.</exception>
    public async Task WaitForAsync(string text, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed = Volatile.Read(ref _changed).Task;
            if (Screen.Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            if (_reading.IsCompleted)
            {
                throw new InvalidOperationException($"The program ended without showing '{text}'. It showed:\n{Screen}");
            }

            await Task.WhenAny(changed, _reading).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits for the program's end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Closes the terminal's window: the program is notified (SIGHUP).</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new char[4096];
        while (await _process.StandardOutput.ReadAsync(buffer) is > 0 and int count)
        {
            lock (_screen)
            {
                _screen.Append(new string(buffer, 0, count).Replace("\r", string.Empty, StringComparison.Ordinal));
            }

            Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }
}
