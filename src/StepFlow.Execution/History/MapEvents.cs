namespace StepFlow.Execution.History;

/// <summary>The details of <c>MapStateStarted</c>.</summary>
/// <param name="Length">The number of items; 0 where an item reader supplies them.</param>
public sealed record MapStateStartedDetails(long Length) : EventDetails;

/// <summary>The details of the <c>MapIteration…</c> events.</summary>
/// <param name="Name">The Map state.</param>
/// <param name="Index">The item's index, from 0.</param>
public sealed record MapIterationDetails(string Name, long Index) : EventDetails;

/// <summary>The details of <c>MapRunStarted</c>.</summary>
public sealed record MapRunStartedDetails(string MapRunArn) : EventDetails;

/// <summary>The details of <c>MapRunRedriven</c>.</summary>
/// <param name="RedriveCount">How often it has been redriven, this time included.</param>
public sealed record MapRunRedrivenDetails(string MapRunArn, int RedriveCount) : EventDetails;
