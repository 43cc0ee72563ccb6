using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Mocks;

namespace StepFlow.Local.Engine;

/// <summary>The dependencies of the executions of a local host.</summary>
internal sealed record LocalHostParts
{
    /// <summary>Runs tasks.</summary>
    public required ITaskRunner Tasks { get; init; }

    /// <summary>Reports which activities exist; null where every activity is taken to exist.</summary>
    public IActivityDirectory? ActivityDirectory { get; init; }

    /// <summary>The mocked responses of executions that were started with a test case. None by default.</summary>
    public MockConfiguration Mocks { get; init; } = MockConfiguration.None;

    /// <summary>Storage for the items and results of distributed Maps. Null for none.</summary>
    public IObjectStore? Objects { get; init; }

    /// <summary>Called with an execution's ARN when the counts of its Map Run have changed. Null for no call.</summary>
    public Action<string, MapRunTally>? MapRunProgress { get; init; }

    /// <summary>Gives a Map Run's settings, which may change while it runs; null where they stay as they are.</summary>
    public Func<string, MapRunSettings, MapRunControl>? MapRunControl { get; init; }

    /// <summary>Is notified of durable turns. Null for none.</summary>
    public IExecutionObserver? Observer { get; init; }
}
