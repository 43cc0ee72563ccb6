using StepFlow.Runtime.Ports;

namespace StepFlow.Hosting.Compliance;

/// <summary>A host to be tried: what it keeps lasts as long as the fixture.</summary>
public abstract class HostFixture : IAsyncDisposable
{
    /// <summary>The host; another one after a restart.</summary>
    public abstract IExecutionHost Host { get; }

    /// <summary>What runs the tasks.</summary>
    public ScriptedTasks Tasks { get; } = new();

    /// <summary>The time that the host lives in.</summary>
    public ManualClock Clock { get; } = new();

    /// <summary>Opens the host for the first time.</summary>
    public abstract Task StartAsync();

    /// <summary>Stops the host and starts it again on what it has kept.</summary>
    public abstract Task RestartAsync();

    public abstract ValueTask DisposeAsync();
}
