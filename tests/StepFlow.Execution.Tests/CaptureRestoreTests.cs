using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using StepFlow.Execution.Commands;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution.Tests;

/// <summary>An execution that is captured and restored after every turn goes the same way as one that is not.</summary>
public sealed class CaptureRestoreTests
{
    private const int MaxTurns = 80;

    [Fact]
    public void Advance_RestoredAfterEveryTurn_SameEventsAndCommands()
    {
        Arbitrary<int[]> tapes = Gen.Choose(0, 1 << 20).ArrayOf(120).ToArbitrary();
        Config config = Config.QuickThrowOnFailure.WithMaxTest(400);
        Prop.ForAll(tapes, decisions => Same(decisions)).Check(config);
    }

    private static void Same(int[] decisions)
    {
        var tape = new Tape(decisions);
        StateMachine machine = TestRun.Load(new RandomMachine(tape).Write());
        Limits limits = tape.Next(4) switch
        {
            0 or 1 => Limits.None,
            2 => Limits.Aws,
            _ => Limits.Aws with { HistoryEvents = 40, PayloadBytes = 300, VariableBytes = 100, InlineMapConcurrency = 2 },
        };
        ExecutionStart start = TestRun.StartOf("""{"items":[1,{"deep":["x"]},"two"],"ok":false}""", limits);
        (WorkflowExecution plain, Turn plainTurn) = WorkflowExecution.Start(machine, start);
        (WorkflowExecution restored, Turn restoredTurn) = WorkflowExecution.Start(machine, start);
        DateTimeOffset now = TestRun.Begin;
        for (int turn = 0; turn < MaxTurns; turn++)
        {
            Assert.Equal(Describe(plainTurn), Describe(restoredTurn));
            byte[] snapshot = restored.Capture();
            restored = WorkflowExecution.Restore(machine, snapshot);
            Assert.Equal(Encoding.UTF8.GetString(snapshot), Encoding.UTF8.GetString(restored.Capture()));
            Assert.Equal(TestRun.Describe(plain.Outstanding), TestRun.Describe(restored.Outstanding));
            Assert.Equal(plain.InFlight, restored.InFlight);
            Assert.Equal((plain.Status, plain.Output, plain.Error), (restored.Status, restored.Output, restored.Error));
            Assert.All(plainTurn.Events, one => Assert.InRange(one.PreviousEventId, 0, one.Id - 1));
            Assert.Equal(plain.Status == ExecutionStatus.Running, plain.Outstanding.Count > 0);
            if (Next(tape, plain, now) is not { } signal)
            {
                break;
            }

            now = signal.Time;
            plainTurn = plain.Advance(signal);
            restoredTurn = restored.Advance(signal);
        }
    }

    private static Signal? Next(Tape tape, WorkflowExecution execution, DateTimeOffset now)
    {
        if (execution.Status != ExecutionStatus.Running)
        {
            return execution.Status != ExecutionStatus.Succeeded && execution.RedriveCount < 2 && tape.Next(2) == 1
                ? new Redrive(now.AddSeconds(30))
                : null;
        }

        if (tape.Next(40) == 1)
        {
            return new Stop(now, "Stopped", null);
        }

        Command command = execution.Outstanding[tape.Next(execution.Outstanding.Count)];
        now = now.AddMilliseconds(tape.Next(3000));
        return command switch
        {
            StartTimer timer => new TimerFired(timer.Due > now ? timer.Due : now, timer.Id),
            RunTask task => tape.Next(8) switch
            {
                0 or 1 or 2 => new TaskSucceeded(now, task.Id, JsonObject.Create(("ok", tape.Next(5)), ("in", task.Arguments))),
                3 => new TaskFailed(now, task.Id, "A", "first"),
                4 => new TaskFailed(now, task.Id, "B", null),
                5 => new TaskHeartbeat(now, task.Id),
                6 => new TaskStarted(now, task.Id, "worker"),
                _ => new TaskSubmitted(now, task.Id, "accepted"),
            },
            StartMapRun => tape.Next(4) switch
            {
                0 => new MapRunStarted(now, command.Id, "arn:run"),
                1 => new MapRunFailed(now, command.Id, "Many", "too many"),
                _ => new MapRunSucceeded(now, command.Id, JsonArray.Create(1, 2)),
            },
            _ => null,
        };
    }

    private static string Describe(Turn turn)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (HistoryEvent one in turn.Events)
        {
            using var writer = new Utf8JsonWriter(buffer);
            HistoryEventJson.Write(writer, one);
            writer.Flush();
            buffer.Write("\n"u8);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + TestRun.Describe(turn.Commands);
    }
}
