using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.Problems;

namespace StepFlow.Local.Engine;

/// <summary>A suspended execution cannot take a signal for now.</summary>
internal sealed class SuspendedException(ExecutionProblem problem, Exception reason) : TaskOutageException(
    $"Execution {problem.ExecutionArn} is suspended: it cannot go on ({problem.Reason}). It is tried again at {problem.NextAttempt:O}, or at once with 'stepflow retry'; StopExecution ends it.",
    reason);
