using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Client;
using StepFlow.Reliability.Servers;

namespace StepFlow.Reliability.Workloads;

/// <summary>What a workload works with.</summary>
/// <param name="client">The service.</param>
/// <param name="tasks">The functions.</param>
/// <param name="storage">The storage account; null where no workload of the run needs one.</param>
/// <param name="over">Cancelled when the run is over.</param>
/// <param name="cancellationToken">Cancels the whole run.</param>
internal sealed class WorkloadContext(StatesClient client, TaskServer tasks, StorageUnderTest? storage, CancellationToken over, CancellationToken cancellationToken)
{
    private const string Role = "arn:aws:iam::123456789012:role/reliability";

    private readonly ConcurrentBag<Task> _later = [];
    private readonly ConcurrentBag<Task> _beside = [];
    private readonly ConcurrentQueue<LedgerEntry> _entries = [];
    private readonly ConcurrentDictionary<string, string> _machines = [];
    private readonly ConcurrentBag<string> _children = [];
    private int _count;

    /// <summary>The service.</summary>
    public StatesClient Client => client;

    /// <summary>The functions.</summary>
    public TaskServer Tasks => tasks;

    /// <summary>The storage account; null where no workload of the run needs one.</summary>
    public StorageUnderTest? Storage => storage;

    /// <summary>How often the server was started so far; always 1 where nothing ends it.</summary>
    public Func<int> ServerStarts { get; init; } = static () => 1;

    /// <summary>Cancels the whole run.</summary>
    public CancellationToken Cancellation => cancellationToken;

    /// <summary>Executions whose start was acknowledged.</summary>
    public IReadOnlyCollection<LedgerEntry> Entries => _entries;

    /// <summary>Standard state machines by name: all executions of these are to be accounted for.</summary>
    public IReadOnlyDictionary<string, string> Machines => _machines;

    /// <summary>Calls an operation until it gets a response.</summary>
    public Task<JsonObject> CallAsync(string operation, JsonObject request) => client.CallAsync(operation, request, cancellationToken);

    /// <summary>Creates a state machine.</summary>
    /// <returns>Its ARN.</returns>
    public async Task<string> CreateMachineAsync(string name, string definition, string type = "STANDARD")
    {
        JsonObject created = await CallAsync(
            "CreateStateMachine",
            new() { ["name"] = name, ["definition"] = definition, ["roleArn"] = Role, ["type"] = type });
        string arn = (string)created["stateMachineArn"]!;
        if (type == "STANDARD")
        {
            _machines[name] = arn;
        }

        return arn;
    }

    /// <summary>Starts an execution until that is acknowledged, and notes how it must end.</summary>
    /// <returns>Its ARN.</returns>
    public async Task<string> StartAsync(string kind, string machineArn, JsonNode? input, Func<ExecutionRecord, IEnumerable<string>> expected)
    {
        string name = $"{kind}-{Interlocked.Increment(ref _count)}";
        string text = input?.ToJsonString() ?? "null";
        try
        {
            await CallAsync("StartExecution", new() { ["stateMachineArn"] = machineArn, ["name"] = name, ["input"] = text });
        }
        catch (ServiceException e) when (e.Code == "ExecutionAlreadyExists")
        {
            // An earlier request arrived, its response was lost, and the execution has ended since.
        }

        string arn = machineArn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + ":" + name;
        _entries.Enqueue(new(kind, arn, text, expected));
        return arn;
    }

    /// <summary>Stops an execution until that is acknowledged.</summary>
    public Task StopAsync(string arn, string error, string cause) =>
        CallAsync("StopExecution", new() { ["executionArn"] = arn, ["error"] = error, ["cause"] = cause });

    /// <summary>Finds the errors of an execution that no workload started: a child must have a parent that may start it.</summary>
    public IEnumerable<string> CheckUnasked(ExecutionRecord execution) =>
        _children.Any(child => execution.Arn.Contains($":execution:{child}:", StringComparison.Ordinal)) ? [] : ["No workload started it."];

    /// <summary>Declares that executions of a machine are started by others.</summary>
    public void ExpectChildren(string machine) => _children.Add(machine);

    /// <summary>Runs beside the load; the run waits for it before it checks.</summary>
    public void Later(Func<Task> action) => _later.Add(Task.Run(action, cancellationToken));

    /// <summary>Runs until the end of the run: workers.</summary>
    public void Beside(Func<CancellationToken, Task> action) => _beside.Add(Task.Run(() => action(over), cancellationToken));

    /// <summary>Waits for the work that continues until the end of the run.</summary>
    public async Task EndAsync()
    {
        await Task.WhenAll(_beside).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (Task task in _beside.Where(static task => task.IsFaulted))
        {
            await task;
        }
    }

    /// <summary>Waits for everything that runs beside the load.</summary>
    public async Task FinishAsync()
    {
        while (_later.TryTake(out Task? task))
        {
            await task;
        }
    }
}
