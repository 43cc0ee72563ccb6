using System.Globalization;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Runtime.Scheduling;
using StepFlow.Service.Tests.Hosting;
using StepFlow.Service.Tests.Model;

namespace StepFlow.Service.Tests.Fuzz;

/// <summary>Random calls of every operation on a service in memory, whose responses are checked against the API model.</summary>
internal sealed class FuzzRun : IDisposable
{
    /// <summary>
    /// The most processor time that a call may take in the program; the tests measure nothing. Processor time, all
    /// threads together: what other processes take of the machine is no fault of the call.
    /// </summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>The processor time from which a call is repeated alone: the time of what runs beside it is in the first measure.</summary>
    private static readonly TimeSpan Unclear = Longest / 2;

    /// <summary>How often it is repeated: what cannot be stopped (Express executions) ends by itself meanwhile.</summary>
    private const int Repetitions = 5;

    /// <summary>Operations that wait for what may never come. Their caller goes away.</summary>
    private static readonly string[] Waiting = ["GetActivityTask", "StartSyncExecution"];

    private readonly TurnScheduler _scheduler = TurnScheduler.ForThisMachine();
    private readonly Chance _chance;
    private readonly RandomRequests _requests;
    private readonly TestService _test;
    private readonly TimeSpan? _callerTimeout;
    private readonly Queue<string> _running = new();

    /// <summary>A run.</summary>
    /// <param name="seed">Repeats it.</param>
    /// <param name="callerTimeout">When the caller of an operation that waits disconnects; null for tests: at once, and no duration is checked.</param>
    public FuzzRun(string seed, TimeSpan? callerTimeout)
    {
        _chance = new(seed);
        _requests = new(_chance);
        _callerTimeout = callerTimeout;
        _test = new(limits: _chance.Percent(50) ? Limits.Aws : Limits.None, scheduler: _scheduler);
    }

    /// <summary>How many calls were made.</summary>
    public int Calls { get; private set; }

    /// <summary>How many of them succeeded.</summary>
    public int Accepted { get; private set; }

    /// <summary>The call that took most, of those that do not wait.</summary>
    public (TimeSpan Duration, string Operation, JsonObject Request) Slowest { get; private set; } = (TimeSpan.Zero, "none", JsonObject.Empty);

    /// <summary>Makes calls, and gives what was wrong.</summary>
    public async Task<IReadOnlyList<FuzzProblem>> RunAsync(int calls)
    {
        string[] operations = [.. ApiModel.Load().OperationNames];

        // Operations that change machines are called more often than those that only read them.
        string[] often = ["CreateStateMachine", "StartExecution", "TestState", "ValidateStateMachineDefinition", "UpdateStateMachine"];
        var problems = new List<FuzzProblem>();
        for (int i = 0; i < calls; i++)
        {
            string operation = _chance.Pick(_chance.Percent(40) ? often : operations);
            if (await CallAsync(operation, _requests.Of(operation)) is { } problem)
            {
                problems.Add(problem);
            }

            while (_running.Count > 20 && await StopAsync(_running.Dequeue()) is { } left)
            {
                problems.Add(left);
            }
        }

        while (_running.TryDequeue(out string? execution))
        {
            await StopAsync(execution);
        }

        return problems;
    }

    public void Dispose() => _scheduler.Dispose();

    private Task<FuzzProblem?> StopAsync(string execution) => CallAsync("StopExecution", JsonObject.Create(("executionArn", execution)));

    private async Task<FuzzProblem?> CallAsync(string operation, JsonObject request)
    {
        bool waits = Waiting.Contains(operation);
        using var caller = new CancellationTokenSource();
        if (waits)
        {
            caller.CancelAfter(_callerTimeout ?? TimeSpan.Zero);
        }

        TimeSpan start = Environment.CpuUsage.TotalTime;
        ApiResult result;
        try
        {
            result = await _test.Service.InvokeAsync(operation, request, CallerContext.Internal, caller.Token);
        }
        catch (OperationCanceledException) when (waits)
        {
            return null;
        }

        Calls++;
        TimeSpan duration = Environment.CpuUsage.TotalTime - start;
        if (result.IsSuccess)
        {
            Accepted++;
            _requests.Learn(result.Response);
            if (operation == "StartExecution")
            {
                _running.Enqueue(TestService.Text(result.Response, "executionArn"));
            }
        }

        IReadOnlyList<string> wrong = result.IsSuccess
            ? ResponseChecker.Check(operation, result.Response)
            : ResponseChecker.CheckError(operation, JsonObject.Create(("__type", result.Error.Code)));
        if (wrong.Count > 0)
        {
            return new(operation, request, $"{string.Join(", ", wrong)} {result.Error?.Message}");
        }

        if (waits || _callerTimeout is null)
        {
            return null;
        }

        if (duration > Unclear)
        {
            // Executions that run beside it take processor time too. Without them the call must keep its bound.
            duration = await AloneAsync(operation, request);
        }

        Slowest = duration > Slowest.Duration ? (duration, operation, request) : Slowest;
        return duration > Longest ? new(operation, request, string.Create(CultureInfo.InvariantCulture, $"took {duration.TotalSeconds:0.0} s of processor time")) : null;
    }

    /// <summary>What the same call takes when nothing runs beside it.</summary>
    private async Task<TimeSpan> AloneAsync(string operation, JsonObject request)
    {
        while (_running.TryDequeue(out string? execution))
        {
            await StopAsync(execution);
        }

        TimeSpan shortest = TimeSpan.MaxValue;
        for (int i = 0; i < Repetitions && shortest > Unclear; i++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            await _test.Service.InvokeAsync(operation, request, CallerContext.Internal, CancellationToken.None);
            TimeSpan duration = Environment.CpuUsage.TotalTime - start;
            shortest = duration < shortest ? duration : shortest;
        }

        return shortest;
    }
}
