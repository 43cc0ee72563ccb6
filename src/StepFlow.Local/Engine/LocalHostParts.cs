using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Mocks;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Engine;

/// <summary>What the executions of a local host work with.</summary>
internal sealed record LocalHostParts
{
    /// <summary>Runs tasks.</summary>
    public required ITaskRunner Tasks { get; init; }

    /// <summary>Hands out the activities' tasks; null for the host's own queue.</summary>
    public IActivityQueue? Activities { get; init; }

    /// <summary>Gives the mock configuration for executions with a test case, or null; null for none.</summary>
    public Func<MockConfiguration?>? Mocks { get; init; }

    /// <summary>Where distributed Maps read items and write results; null where there is no such place.</summary>
    public IObjectStore? Objects { get; init; }

    /// <summary>Told how far the Map Run of an execution has come; null for nobody.</summary>
    public Action<string, MapRunProgress>? MapRunProgress { get; init; }

    /// <summary>Gives a Map Run's settings, which may change while it runs; null where they stay as they are.</summary>
    public Func<string, MapRunSettings, MapRunControl>? MapRunControl { get; init; }

    /// <summary>Sees the turns that became durable; null for nobody.</summary>
    public IExecutionObserver? Observer { get; init; }
}
