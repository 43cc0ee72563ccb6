using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Problems;

namespace StepFlow.Service;

/// <summary>What the service works with.</summary>
public sealed record ServiceParts
{
    /// <summary>Runs Standard executions durably.</summary>
    public required IExecutionHost Host { get; init; }

    /// <summary>Knows why executions do not go on; null where the host lets none wait.</summary>
    public IExecutionProblems? Problems { get; init; }

    /// <summary>Runs Express executions.</summary>
    public required InMemoryRunner Express { get; init; }

    /// <summary>Begins asynchronous Express executions; null to run them in <see cref="Express"/>, where they are lost with the process.</summary>
    public IExpressStarts? ExpressStarts { get; init; }

    /// <summary>Keeps state machines, versions, aliases, activities.</summary>
    public required IDocumentStore Documents { get; init; }

    /// <summary>Hands tasks to the workers of activities.</summary>
    public required IActivityQueue Activities { get; init; }

    /// <summary>Knows the Map Runs; null where only what is kept is known.</summary>
    public IMapRuns? MapRuns { get; init; }

    /// <summary>The settings.</summary>
    public ServiceOptions Options { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the service logs.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;
}
