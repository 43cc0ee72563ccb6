using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Local.Engine;

/// <summary>Something that an execution has to deal with. A closed family.</summary>
internal abstract record InboxItem;

/// <summary>Starts the execution, or returns the existing one.</summary>
internal sealed record StartItem(ExecutionRequest Request, TaskCompletionSource<StartOutcome> Done) : InboxItem;

/// <summary>Take in a signal from outside.</summary>
internal sealed record SignalItem(Signal Signal, TaskCompletionSource<bool>? Done) : InboxItem;

/// <summary>A task of this execution has ended.</summary>
internal sealed record OutcomeItem(RunningTask Task, TaskOutcome Outcome) : InboxItem;

/// <summary>The request of a task was accepted, and the same call waits for its job.</summary>
internal sealed record SubmittedItem(RunningTask Task, JsonValue Output, TaskCompletionSource<bool> Done) : InboxItem;

/// <summary>A signal from a Map Run of this execution.</summary>
internal sealed record MapRunItem(LocalMapRun Run, Func<DateTimeOffset, Signal> Signal) : InboxItem;

/// <summary>Check the clock, and the work that recovery left.</summary>
internal sealed record WakeItem : InboxItem
{
    public static readonly WakeItem Instance = new();
}

/// <summary>Try what failed again, now.</summary>
internal sealed record RetryItem(TaskCompletionSource<bool> Done) : InboxItem;

/// <summary>Turns have become durable.</summary>
internal sealed record CommittedItem(TurnWrite Write) : InboxItem;

/// <summary>Turns could not be written, so the state in memory is not the stored one.</summary>
internal sealed record FailedItem(TurnWrite Write, Exception Reason) : InboxItem;
