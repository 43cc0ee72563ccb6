using StepFlow.Runtime.Ports;

namespace StepFlow.Hosting.Compliance;

/// <summary>A host to be tried: what it keeps lasts as long as the fixture.</summary>
public abstract class HostFixture : IAsyncDisposable
{
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

    /// <summary>The file of the mock configuration; null for none. Set before the host is opened.</summary>
    public string? MockFile { get; set; }

    /// <summary>Opens the host for the first time.</summary>
    public abstract Task StartAsync();

    /// <summary>Stops the host and starts it again with its stored data.</summary>
    public abstract Task RestartAsync();

    public abstract ValueTask DisposeAsync();
}
