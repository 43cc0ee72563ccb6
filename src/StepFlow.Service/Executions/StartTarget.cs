using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Executions;

/// <summary>The state machine and the version that a start runs.</summary>
/// <param name="Configuration">The revision that the execution is pinned to.</param>
/// <param name="VersionArn">The version it runs; null for the current revision.</param>
/// <param name="AliasArn">The alias it was started through; null for none.</param>
/// <param name="TestCase">The test case of a mock configuration; null for none.</param>
internal sealed record StartTarget(MachineRecord Machine, MachineConfiguration Configuration, string? VersionArn, string? AliasArn, string? TestCase);
