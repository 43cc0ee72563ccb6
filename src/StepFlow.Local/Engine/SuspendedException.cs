using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.Problems;

namespace StepFlow.Local.Engine;

/// <summary>A suspended execution cannot take a signal for now.</summary>
internal sealed class SuspendedException(ExecutionProblem problem, Exception reason) : TaskOutageException(
    $"Execution {problem.ExecutionArn} is suspended, because it cannot continue: {problem.Reason}. The server tries again at {problem.NextAttempt:O}. To try again now, use 'stepflow retry'. To end it, use StopExecution.",
    reason);
