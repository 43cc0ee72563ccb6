using Microsoft.DurableTask;
using P = Microsoft.DurableTask.Protobuf;

namespace StepFlow.Functions.Tests.Durable.Worker;

/// <summary>Failures on their way to the worker and back.</summary>
internal static class WorkerFailures
{
    public static P.TaskFailureDetails Write(TaskFailureDetails failure) => new()
    {
        ErrorType = failure.ErrorType,
        ErrorMessage = failure.ErrorMessage,
        StackTrace = failure.StackTrace,
        InnerFailure = failure.InnerFailure is { } inner ? Write(inner) : null,
    };

    public static TaskFailureDetails Read(P.TaskFailureDetails failure) => new(
        failure.ErrorType,
        failure.ErrorMessage,
        failure.StackTrace,
        failure.InnerFailure is { } inner ? Read(inner) : null,
        null);
}
