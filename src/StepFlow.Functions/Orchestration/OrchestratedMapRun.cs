using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using StepFlow.Functions.Messages;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Orchestration;

/// <summary>
/// A Map Run inside its orchestration: has children started while there is room, and waits for their ends. The children
/// are executions like any other, with orchestrations of their own; they tell of their end by an event. So the run
/// knows only numbers, and continues as new however many children are in flight.
/// </summary>
internal sealed class OrchestratedMapRun
{
    /// <summary>After so many completions it continues as new.</summary>
    public const int CompletionsPerGeneration = 200;

    private const int MostStarts = 8;

    /// <summary>After so long without an end it looks after its children: their orchestrations may have broken down.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    private readonly TaskOrchestrationContext _context;
    private readonly OrchestrationPayloads _payloads;
    private readonly MapRunInput _input;
    private readonly MapRunTally _tally;
    private readonly PendingOperations _pending = new();
    private readonly ILogger _logger;
    private MapRunPlanned _plan = null!;
    private int[] _items = [];
    private IndexSet _inFlight = new();
    private MapRunSettings _settings;
    private MapRunStop _stop;
    private int _started;
    private int _starts;
    private int _calls;
    private int _completions;
    private int _ended;
    private int _endedBefore;

    public OrchestratedMapRun(TaskOrchestrationContext context)
    {
        _context = context;
        _payloads = new(context);
        _logger = context.CreateReplaySafeLogger<OrchestratedMapRun>();
        _input = context.GetInput<MapRunInput>()
            ?? throw new InvalidOperationException($"The orchestration {context.InstanceId} was started without an input.");
        _settings = _input.Progress.Settings;
        _stop = _input.Stop;
        _started = _input.Started;
        _tally = new(_input.Progress, null);
    }

    private bool IsDone => (_started == _plan.Children || _stop != MapRunStop.None) && _inFlight.Count == 0 && _starts == 0;

    private bool ContinuesAsNew => _completions >= CompletionsPerGeneration && !_pending.HasWork;

    /// <summary>Runs to the end, or to the point where it continues as new.</summary>
    /// <returns>How it ended; null where it continues as new.</returns>
    public async Task<MapRunEnd?> RunAsync()
    {
        _plan = _input.Plan ?? await _context.CallActivityAsync<MapRunPlanned>(ActivityNames.PlanMapRun, _input.Run, ActivityOptions.Retried);
        if (_plan.Failure is { } failure)
        {
            return failure;
        }

        _items = ItemCounts.Read((await _payloads.ReadTextAsync(_plan.Items))!);
        _inFlight = IndexSet.Read(await _payloads.ReadTextAsync(_input.InFlight) ?? string.Empty);
        if (_input.Plan is null)
        {
            _tally.Plan(_items);
        }

        WaitFor(EventNames.Stop);
        WaitFor(EventNames.Settings);
        WaitFor(EventNames.EndedChild);
        WaitForQuiet();
        while (true)
        {
            StartChildren();
            _context.SetCustomStatus(_tally.Progress with { Settings = _settings });
            if (IsDone)
            {
                break;
            }

            if (ContinuesAsNew && await TryContinueAsync())
            {
                return null;
            }

            await TakeAsync(await _pending.NextAsync());
            _completions++;
            if (_stop == MapRunStop.None && _tally.Exceeds(_settings))
            {
                _stop = MapRunStop.TooManyFailures;
                await StopChildrenAsync();
            }
        }

        _pending.CancelTimers();
        var finish = new MapRunFinish { Run = _input.Run, Pages = _plan.Pages!, Started = _started, Progress = _tally.Progress, Stop = _stop };
        return await _context.CallActivityAsync<MapRunEnd>(ActivityNames.FinishMapRun, finish, ActivityOptions.Retried);
    }

    /// <summary>Has children started as long as there is room; none near the end of a generation, which then comes.</summary>
    private void StartChildren()
    {
        while (_stop == MapRunStop.None && _started < _plan.Children && _starts < MostStarts && _completions < CompletionsPerGeneration)
        {
            int left = _plan.Children - _started;
            int count = Math.Min(Math.Min(left, ChildrenStart.MostChildren), _settings.Room - _inFlight.Count);
            if (count <= 0 || (count < ChildrenStart.MostChildren && count < left && _starts > 0))
            {
                // No room; or little, and more of it comes while the starts before it are under way.
                return;
            }

            Call(ActivityNames.StartChildren, new ChildrenStart(_input.Run, _plan.Pages!, _started, count));
            _inFlight.Add(_started, count);
            for (int index = _started; index < _started + count; index++)
            {
                _tally.Running(_items[index]);
            }

            _started += count;
            _starts++;
        }
    }

    private async Task TakeAsync(PendingOperation done)
    {
        switch (done.Task)
        {
            case Task<IReadOnlyList<EndedChild>> children:
                foreach (EndedChild child in await children)
                {
                    End(child);
                }

                if (done.Id.StartsWith(ActivityNames.StartChildren, StringComparison.Ordinal))
                {
                    // What was started meanwhile is to stop too.
                    _starts--;
                    await StopChildrenAsync();
                }

                break;
            case Task<JsonElement?> happened:
                await TakeAsync(done.Id, await happened);
                WaitFor(done.Id);
                break;
            default:
                await done.Task;
                await LookAfterAsync();
                break;
        }
    }

    private async Task TakeAsync(string eventName, JsonElement? payload)
    {
        switch (eventName)
        {
            case EventNames.EndedChild when ExternalEvents.Read<EndedChild>(payload) is { } ended:
                End(ended);
                break;
            case EventNames.Settings when ExternalEvents.Read<MapRunSettings>(payload) is { } settings:
                _settings = settings;
                break;
            case EventNames.Stop when ExternalEvents.Read<TaskEvent>(payload) is { Kind: TaskEventKind.Stop }:
                _stop = MapRunStop.Aborted;
                await StopChildrenAsync();
                break;
            default:
                FunctionsLogs.EventIgnored(_logger, eventName, _context.InstanceId);
                break;
        }
    }

    /// <summary>A child has ended. It may be told twice: by its event, and by an activity that came upon it.</summary>
    private void End(EndedChild child)
    {
        if (_inFlight.Remove(child.Index))
        {
            _tally.Ended(_items[child.Index], child.Status);
            _ended++;
        }
    }

    private async Task StopChildrenAsync()
    {
        if (_stop != MapRunStop.None && _inFlight.Count > 0)
        {
            Call(ActivityNames.StopChildren, await NamedAsync());
        }
    }

    private async Task LookAfterAsync()
    {
        if (_ended == _endedBefore && _inFlight.Count > 0)
        {
            Call(ActivityNames.FindEndedChildren, await NamedAsync());
        }

        _endedBefore = _ended;
        WaitForQuiet();
    }

    private async Task<ChildrenNamed> NamedAsync() => new(_input.Run, (await _payloads.WriteTextAsync(_inFlight.Write()))!);

    /// <summary>Calls an activity that answers with children that have ended.</summary>
    private void Call(string activity, object input) => _pending.Add(
        $"{activity} {_calls++}",
        PendingOperationKind.Activity,
        _context.CallActivityAsync<IReadOnlyList<EndedChild>>(activity, input, ActivityOptions.Retried));

    private void WaitFor(string name) => _pending.Add(name, PendingOperationKind.Event, _context.WaitForExternalEvent<JsonElement?>(name));

    private void WaitForQuiet() => _pending.Add(
        nameof(Quiet), PendingOperationKind.Timer, cancellation => _context.CreateTimer(_context.CurrentUtcDateTime + Quiet, cancellation));

    /// <summary>Goes on in a new generation. False where something has completed meanwhile: it would be lost.</summary>
    private async Task<bool> TryContinueAsync()
    {
        Payload? inFlight = await _payloads.WriteTextAsync(_inFlight.Write());
        if (_pending.HasCompleted)
        {
            return false;
        }

        _pending.CancelTimers();
        _context.ContinueAsNew(
            _input with { Plan = _plan, Progress = _tally.Progress with { Settings = _settings }, Started = _started, InFlight = inFlight, Stop = _stop },
            preserveUnprocessedEvents: true);
        return true;
    }
}
