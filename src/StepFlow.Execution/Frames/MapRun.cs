using StepFlow.Execution.Commands;

namespace StepFlow.Execution.Frames;

/// <summary>The run of a distributed Map.</summary>
internal sealed class MapRun(StartMapRun command)
{
    public StartMapRun Command { get; } = command;

    public string Id => Command.Id;

    /// <summary>The run's ARN; null until it was created.</summary>
    public string? Arn { get; set; }

    /// <summary>How often it was redriven.</summary>
    public int RedriveCount { get; set; }
}
