namespace StepFlow.Benchmarks.Azure;

/// <summary>A load on the durable back end of Azure.</summary>
/// <param name="Name">The figure's name.</param>
/// <param name="Concurrency">How many executions run at a time.</param>
/// <param name="Executions">How many executions are measured.</param>
/// <param name="Tasks">How many tasks each runs, one after the other.</param>
/// <param name="PayloadBytes">The size of the input, which each task gives back.</param>
internal sealed record AzureCase(string Name, int Concurrency, int Executions, int Tasks, int PayloadBytes);
