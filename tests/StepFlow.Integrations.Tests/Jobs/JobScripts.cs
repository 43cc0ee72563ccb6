using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Jobs;
using StepFlow.Integrations.Tasks;
using StepFlow.Testing;

namespace StepFlow.Integrations.Tests.Jobs;

/// <summary>A folder for jobs, and programs whose progress is visible: shell scripts that note their start and wait for a file.</summary>
internal sealed class JobScripts : IDisposable
{
    /// <summary>Notes each start with its process id, and continues when the test lets it.</summary>
    public const string Waiting = """printf '%s\n' "$$" >>"$NOTES/starts"; while [ -d "$NOTES" ] && [ ! -e "$NOTES/go" ]; do sleep 0.02; done""";

    private readonly TemporaryFolder _folder = new();

    /// <summary>Where the jobs' files are.</summary>
    public string Jobs => _folder.PathOf("jobs");

    /// <summary>The process ids of those that started.</summary>
    public int[] Starts => File.Exists(StartsFile) ? [.. File.ReadAllLines(StartsFile).Select(static line => int.Parse(line, CultureInfo.InvariantCulture))] : [];

    private string StartsFile => _folder.PathOf("starts");

    /// <summary>Integrations with one job.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="script">What it runs.</param>
    /// <param name="stopping">Shows whether the host stops; null for one that does not.</param>
    /// <param name="settings">Other settings.</param>
    public TestIntegrations With(string name, string script, HostStopping? stopping = null, params (string Setting, string Value)[] settings) => new(
        [
            ($"Jobs:{name}:Command", "/bin/sh"), ($"Jobs:{name}:Arguments:0", "-c"), ($"Jobs:{name}:Arguments:1", script),
            ($"Jobs:{name}:Environment:NOTES", _folder.Path), .. settings,
        ],
        services => services.AddSingleton(new JobFolder(Jobs)).AddSingleton(stopping ?? new HostStopping(CancellationToken.None)));

    /// <summary>Lets the programs continue.</summary>
    public void LetGo() => File.WriteAllText(_folder.PathOf("go"), string.Empty);

    /// <summary>Waits until something holds of other processes.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            // Real time on purpose: another process works.
            await Task.Delay(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Whether a process runs.</summary>
    public static bool Runs(int process)
    {
        try
        {
            return !System.Diagnostics.Process.GetProcessById(process).HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        LetGo();
        while (Directory.Exists(_folder.Path))
        {
            try
            {
                _folder.Dispose();
            }
            catch (IOException)
            {
                // A program that the test did not wait for still writes its exit code.
                Thread.Yield();
            }
        }
    }
}
