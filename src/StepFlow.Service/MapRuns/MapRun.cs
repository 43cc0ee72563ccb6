using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StepFlow.Execution;
using StepFlow.Execution.Commands;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Service.MapRuns;

/// <summary>
/// Runs the items of a distributed Map as executions of their own (Amazon States Language, "Map State", distributed
/// mode): reads the items, batches them, runs the children within the concurrency, stops at too many failures, writes
/// the results. Keeps nothing itself: repeating a run gives the same names, so a host that keeps its children can
/// repeat the whole run after a crash.
/// </summary>
public sealed class MapRun
{
    private readonly MapRunRequest _request;
    private readonly StartMapRun _command;
    private readonly string _arn;
    private readonly string _machineArn;
    private readonly string _prefix;
    private readonly StateMachine _machine;
    private readonly MapRunTally _tally;

    private MapRun(MapRunRequest request)
    {
        _request = request;
        _command = request.Command;
        // The run's own id and an unlabelled state's come from the execution and the command: the same at every repetition.
        string id = _command.RedrivenMapRunArn is { } redriven ? redriven[(redriven.LastIndexOf(':') + 1)..] : DeterministicId(_request.Parent.ExecutionArn, _command.Id);
        string label = _command.State.Label ?? DeterministicId(_request.Parent.StateMachineArn, _command.State.Name);
        string machine = _request.Parent.StateMachineArn;
        _prefix = machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + "/" + label;
        _machineArn = machine + "/" + label;
        _arn = machine.Replace(":stateMachine:", ":mapRun:", StringComparison.Ordinal) + "/" + label + ":" + id;
        Id = id;
        _machine = new()
        {
            Source = JsonObject.Empty,
            Graph = _command.State.Processor,
            QueryLanguage = _command.State.Processor.Start.QueryLanguage,
        };
        _tally = new(_arn, MapRunSettings.Of(_command), request.Progress);
    }

    private string Id { get; }

    /// <summary>Runs to the end.</summary>
    /// <param name="request">What the run works with.</param>
    /// <param name="cancellationToken">Gives up: the children are stopped.</param>
    /// <returns>How it ended; null where it was given up.</returns>
    public static Task<MapRunOutcome?> RunAsync(MapRunRequest request, CancellationToken cancellationToken) =>
        new MapRun(request).RunAsync(cancellationToken);

    private async Task<MapRunOutcome?> RunAsync(CancellationToken cancellationToken)
    {
        if (_command.RedrivenMapRunArn is null)
        {
            _request.Started(_arn);
        }

        Outcome<List<MapItem>> items = await new ItemSource(_command, _request.Objects).ReadAsync(cancellationToken);
        if (!items.IsSuccess)
        {
            return new(null, items.Error);
        }

        Outcome<IReadOnlyList<JsonValue>> inputs = Select(items.Value);
        if (!inputs.IsSuccess)
        {
            return new(null, inputs.Error);
        }

        List<MapRunEntry> entries = Plan(items.Value, ItemBatches.Of(_command, inputs.Value));
        bool tolerated = await RunChildrenAsync(entries, cancellationToken);
        if (cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        var writer = new ResultWriter(_command, _request.Objects, _arn, Id);
        Outcome<JsonValue> result = await writer.WriteAsync(entries, cancellationToken);
        if (!tolerated)
        {
            return new(null, MapRunErrors.TooManyFailures());
        }

        _tally.Written();
        return result.IsSuccess ? new(result.Value, null) : new(null, result.Error);
    }

    private Outcome<IReadOnlyList<JsonValue>> Select(List<MapItem> items)
    {
        var inputs = new List<JsonValue>(items.Count);
        var entropy = new Entropy(_command.ItemScope.EntropySeed);
        foreach (MapItem item in items)
        {
            if (_command.State.ItemSelector is not { } selector)
            {
                inputs.Add(item.ToInput());
                continue;
            }

            Outcome<JsonValue> input = selector.Evaluate(
                new ItemScope(_command.ItemScope, item, entropy, _request.Clock.GetUtcNow(), _request.Parent.Limits));
            if (!input.IsSuccess)
            {
                return input.Error;
            }

            inputs.Add(input.Value);
        }

        return inputs;
    }

    private List<MapRunEntry> Plan(List<MapItem> items, IReadOnlyList<(JsonValue Input, int Items)> batches)
    {
        var entries = new List<MapRunEntry>(batches.Count);
        bool batched = _command.State.ItemBatcher is not null;
        foreach ((JsonValue input, int count) in batches)
        {
            string name = DeterministicId(_arn, entries.Count.ToString(CultureInfo.InvariantCulture));
            entries.Add(new(entries.Count, name, _prefix + ":" + name, _machineArn, input, count)
            {
                Context = batched ? null : items[entries.Count].ToContext(),
            });
        }

        _tally.Plan(entries);
        return entries;
    }

    /// <summary>Runs all children within the concurrency. False where more failed than tolerated; the others are stopped then.</summary>
    private async Task<bool> RunChildrenAsync(List<MapRunEntry> entries, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        MapRunControl control = _request.Control?.Invoke(_arn, MapRunSettings.Of(_command)) ?? new(MapRunSettings.Of(_command));
        var tolerance = new FailureTolerance(control, entries.Sum(entry => entry.Items));
        int next = 0;
        int active = 0;
        bool tolerated = true;
        var gate = new Lock();
        var workers = new List<Task>();

        // A higher concurrency takes effect at once, a lower one as children end.
        control.Changed += AddWorkers;
        AddWorkers();
        for (int i = 0; Worker(i) is { } worker; i++)
        {
            await worker;
        }

        control.Changed -= AddWorkers;
        return tolerated;

        Task? Worker(int at)
        {
            lock (gate)
            {
                return at < workers.Count ? workers[at] : null;
            }
        }

        void AddWorkers()
        {
            while (true)
            {
                lock (gate)
                {
                    if (next >= entries.Count || !HasRoom() || stop.IsCancellationRequested)
                    {
                        return;
                    }

                    active++;
                }

                Task worker = WorkAsync();
                lock (gate)
                {
                    workers.Add(worker);
                }
            }
        }

        bool HasRoom() => control.Settings.MaxConcurrency <= 0 || active < control.Settings.MaxConcurrency;

        async Task WorkAsync()
        {
            while (true)
            {
                MapRunEntry entry;
                lock (gate)
                {
                    bool tooMany = control.Settings.MaxConcurrency > 0 && active > control.Settings.MaxConcurrency;
                    if (next >= entries.Count || tooMany || stop.IsCancellationRequested)
                    {
                        active--;
                        return;
                    }

                    entry = entries[next++];
                    _tally.Running(entry);
                }

                entry.StartTime = _request.Clock.GetUtcNow();
                MapRunChildResult result = await _request.Children.RunAsync(new(entry.Index, _machine, StartOf(entry)) { IsRedriven = _command.RedrivenMapRunArn is not null }, stop.Token);
                bool exceeded;
                lock (gate)
                {
                    entry.Result = result;
                    _tally.Ended(entry, result.Status);
                    exceeded = result.Status != ExecutionStatus.Succeeded && tolerated && !stop.IsCancellationRequested && tolerance.Exceeds(entry.Items);
                    tolerated &= !exceeded;
                }

                if (exceeded)
                {
                    // On this thread: a durable orchestration may not leave it.
                    stop.Cancel();
                }
            }
        }
    }

    private ExecutionStart StartOf(MapRunEntry entry) => new()
    {
        ExecutionArn = entry.ExecutionArn,
        Name = entry.Name,
        StateMachineArn = _machineArn,
        StateMachineName = _machineArn[(_machineArn.LastIndexOf(':') + 1)..],
        RoleArn = _request.Parent.RoleArn,
        Input = entry.Input,
        StartTime = entry.StartTime,
        Region = _request.Parent.Region,
        IsExpress = _command.State.IsExpress,
        Limits = _request.Parent.Limits,
        TokenSecret = _request.Parent.TokenSecret is { } secret ? DeterministicId(secret, entry.Name) + DeterministicId(entry.Name, secret) : null,
        MapRunArn = _arn,
        MapContext = entry.Context,
    };

    private static string DeterministicId(string scope, string name)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(scope + "\n" + name));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString("D");
    }
}
