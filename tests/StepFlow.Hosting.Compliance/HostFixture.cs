using StepFlow.Runtime.Ports;
using StepFlow.Testing;

namespace StepFlow.Hosting.Compliance;

/// <summary>A host to be tried: what it keeps lasts as long as the fixture.</summary>
public abstract class HostFixture : IAsyncDisposable
{
    private TemporaryFolder? _folder;

    /// <summary>The host; another one after a restart.</summary>
    public abstract IExecutionHost Host { get; }

    /// <summary>What runs the tasks.</summary>
    public ScriptedTasks Tasks { get; } = new();

    /// <summary>The host's clock. A host that runs in real time skips the tests that need it.</summary>
    public virtual ManualClock Clock { get; } = new();

    /// <summary>The host's time.</summary>
    public virtual DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>How long an execution of the suite may take, in real time.</summary>
    public virtual TimeSpan EndLimit => TimeSpan.FromSeconds(60);

    /// <summary>Lets the host come to its next timer.</summary>
    public virtual Task AdvanceToNextAsync()
    {
        Clock.AdvanceToNext();
        return Task.CompletedTask;
    }

    /// <summary>The activities' tasks of the host.</summary>
    public abstract IActivityQueue Activities { get; }

    /// <summary>Creates an activity, on a host that refuses tasks of activities that do not exist.</summary>
    public virtual Task CreateActivityAsync(string name) => Task.CompletedTask;

    /// <summary>The file of the mock configuration; null for none.</summary>
    public string? MockFile { get; private set; }

    /// <summary>Writes the mock configuration. Called before the host is opened.</summary>
    /// <param name="mocks">Its JSON text.</param>
    public void UseMocks(string mocks) => MockFile = (_folder ??= new()).File("mocks.json", mocks);

    /// <summary>Opens the host for the first time.</summary>
    public abstract Task StartAsync();

    /// <summary>Stops the host and starts it again with its stored data.</summary>
    public abstract Task RestartAsync();

    public virtual ValueTask DisposeAsync()
    {
        _folder?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
