using System.Globalization;
using System.Text;
using StepFlow.Execution.Commands;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;

namespace StepFlow.Execution.Tests;

/// <summary>An execution under test: plays the outside, and keeps all events and commands.</summary>
internal sealed class TestRun
{
    public static readonly DateTimeOffset Begin = new(2024, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private TestRun(StateMachine machine, ExecutionStart start)
    {
        Machine = machine;
        (Execution, Turn turn) = WorkflowExecution.Start(machine, start);
        Now = start.StartTime;
        Record(turn);
    }

    public StateMachine Machine { get; }

    public WorkflowExecution Execution { get; private set; }

    public DateTimeOffset Now { get; set; }

    public List<HistoryEvent> Events { get; } = [];

    public List<Command> Commands { get; } = [];

    public string? Output => Execution.Output?.ToString();

    public IEnumerable<RunTask> Tasks => Execution.Outstanding.OfType<RunTask>();

    public IEnumerable<StartTimer> Timers => Execution.Outstanding.OfType<StartTimer>();

    public static StateMachine Load(string definition)
    {
        LoadResult loaded = StateMachineLoader.Load(definition);
        Assert.True(loaded.IsSuccess, string.Join("\n", loaded.Diagnostics));
        return loaded.Machine!;
    }

    public static ExecutionStart StartOf(string input, Limits? limits = null) => new()
    {
        ExecutionArn = "arn:aws:states:us-east-1:111111111111:execution:machine:one",
        Name = "one",
        StateMachineArn = "arn:aws:states:us-east-1:111111111111:stateMachine:machine",
        StateMachineName = "machine",
        RoleArn = "arn:aws:iam::111111111111:role/role",
        Input = JsonValue.Parse(input),
        StartTime = Begin,
        TokenSecret = "secret",
        Limits = limits ?? Limits.None,
    };

    /// <summary>Starts a machine that is written with single quotes.</summary>
    public static TestRun Start(string definition, string input = "{}", Limits? limits = null) =>
        new(Load(definition.Replace('\'', '"')), StartOf(input.Replace('\'', '"'), limits));

    /// <summary>Starts a machine of the states given; the first one starts.</summary>
    public static TestRun StartStates(string start, string states, string input = "{}", Limits? limits = null) =>
        Start("{'StartAt':'" + start + "','States':{" + states + "}}", input, limits);

    public static TestRun Start(StateMachine machine, ExecutionStart start) => new(machine, start);

    public Turn Send(Signal signal)
    {
        Now = signal.Time;
        Turn turn = Execution.Advance(signal);
        Record(turn);
        return turn;
    }

    public Turn Succeed(string output = "{}", string? state = null) =>
        Send(new TaskSucceeded(Now, Task(state).Id, JsonValue.Parse(output.Replace('\'', '"'))));

    public Turn Fail(string? error, string? cause = null, string? state = null, TaskFailureStage stage = TaskFailureStage.Run) =>
        Send(new TaskFailed(Now, Task(state).Id, error, cause, stage));

    /// <summary>Lets the earliest timer fire.</summary>
    public Turn Fire()
    {
        StartTimer timer = Timers.OrderBy(timer => timer.Due).First();
        return Send(new TimerFired(timer.Due > Now ? timer.Due : Now, timer.Id));
    }

    /// <summary>Lets timers fire until nothing but tasks is waited for.</summary>
    public TestRun FireAll()
    {
        while (Timers.Any())
        {
            Fire();
        }

        return this;
    }

    public RunTask Task(string? state = null) => Tasks.First(task => state is null || task.StateName == state);

    /// <summary>Captures and restores: what comes after must be as if it had not happened.</summary>
    public TestRun Reload()
    {
        byte[] snapshot = Execution.Capture();
        Execution = WorkflowExecution.Restore(Machine, snapshot);
        Assert.Equal(Encoding.UTF8.GetString(snapshot), Encoding.UTF8.GetString(Execution.Capture()));
        return this;
    }

    /// <summary>The history in short: <c>2>3 PassStateExited</c> for each event.</summary>
    public string History => Describe(Events);

    public static string Describe(IEnumerable<HistoryEvent> events) => string.Join('\n', events.Select(one => string.Create(
        CultureInfo.InvariantCulture, $"{one.PreviousEventId}>{one.Id} {one.Type}{Subject(one.Details)}")));

    public static string Describe(IEnumerable<Command> commands) => string.Join('\n', commands.Select(command => command switch
    {
        RunTask task => $"{task.Id} {task.StateName} {task.Arguments} {task.RetryCount} {task.TimeoutSeconds} {task.HeartbeatSeconds} {task.TaskToken} {task.Credentials}",
        StartTimer timer => $"{timer.Id} {timer.Due:O}",
        StartMapRun run => $"{run.Id} {run.RedrivenMapRunArn} {run.Items} {run.ItemScope.Input} {run.ItemScope.Context} {run.ItemScope.EntropySeed}",
        _ => command.ToString(),
    }));

    private static string Subject(EventDetails? details) => details switch
    {
        StateEnteredDetails entered => " " + entered.Name,
        StateExitedDetails exited => " " + exited.Name,
        MapIterationDetails iteration => " " + iteration.Index.ToString(CultureInfo.InvariantCulture),
        _ => string.Empty,
    };

    private void Record(Turn turn)
    {
        Assert.Equal(Enumerable.Range(Events.Count + 1, turn.Events.Count).Select(id => (long)id), turn.Events.Select(one => one.Id));
        Events.AddRange(turn.Events);
        Commands.AddRange(turn.Commands);
    }
}
