using System.Collections.Frozen;
using StepFlow.Execution.History;
using static StepFlow.Execution.History.HistoryEventType;

namespace StepFlow.Local.Records;

/// <summary>The numbers of event types in data files. New types are added at the end. Existing numbers never change.</summary>
internal static class EventTypeCodes
{
    private static readonly HistoryEventType[] Types =
    [
        ActivityFailed, ActivityScheduled, ActivityScheduleFailed, ActivityStarted, ActivitySucceeded, ActivityTimedOut,
        ChoiceStateEntered, ChoiceStateExited,
        ExecutionAborted, ExecutionFailed, ExecutionStarted, ExecutionSucceeded, ExecutionTimedOut,
        FailStateEntered,
        LambdaFunctionFailed, LambdaFunctionScheduled, LambdaFunctionScheduleFailed, LambdaFunctionStarted,
        LambdaFunctionStartFailed, LambdaFunctionSucceeded, LambdaFunctionTimedOut,
        MapIterationAborted, MapIterationFailed, MapIterationStarted, MapIterationSucceeded,
        MapStateAborted, MapStateEntered, MapStateExited, MapStateFailed, MapStateStarted, MapStateSucceeded,
        ParallelStateAborted, ParallelStateEntered, ParallelStateExited, ParallelStateFailed, ParallelStateStarted, ParallelStateSucceeded,
        PassStateEntered, PassStateExited, SucceedStateEntered, SucceedStateExited,
        TaskFailed, TaskScheduled, TaskStarted, TaskStartFailed, TaskStateAborted, TaskStateEntered, TaskStateExited,
        TaskSubmitFailed, TaskSubmitted, TaskSucceeded, TaskTimedOut,
        WaitStateAborted, WaitStateEntered, WaitStateExited,
        MapRunAborted, MapRunFailed, MapRunStarted, MapRunSucceeded,
        ExecutionRedriven, MapRunRedriven, EvaluationFailed,
    ];

    private static readonly FrozenDictionary<HistoryEventType, byte> Codes =
        Types.Select((type, index) => (type, index)).ToFrozenDictionary(pair => pair.type, pair => (byte)pair.index);

    public static byte Of(HistoryEventType type) => Codes[type];

    public static HistoryEventType TypeOf(byte code) => code < Types.Length ? Types[code] : throw RecordReader.Damaged();
}
