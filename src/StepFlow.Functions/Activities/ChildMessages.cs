using StepFlow.Functions.Orchestration;

namespace StepFlow.Functions.Activities;

/// <summary>
/// What the record of a Map Run's child is created from. Nobody claims a child's name before it runs; the claim rides
/// along with the first message that the child sends.
/// </summary>
/// <param name="ParentExecutionArn">The execution that runs the Map.</param>
/// <param name="Definition">The child's definition.</param>
/// <param name="Snapshot">The child after its first turn.</param>
public sealed record ChildClaim(string ParentExecutionArn, Payload Definition, Payload Snapshot);

/// <summary>Asks the activity <c>RedriveChild</c> what to do about a child of a Map Run that is redriven.</summary>
/// <param name="ExecutionArn">The child.</param>
/// <param name="RedrivenBy">Who asks: the same at every repetition.</param>
public sealed record ChildRedrive(string ExecutionArn, string RedrivenBy);

/// <summary>What to do about a child of a Map Run that is redriven. All null: it never ran.</summary>
public sealed record ChildState
{
    /// <summary>How it ended, where it succeeded before; else null.</summary>
    public ExecutionEnd? Succeeded { get; init; }

    /// <summary>The instance it goes on in, where it did not; else null.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Where it goes on.</summary>
    public Payload? Snapshot { get; init; }
}
