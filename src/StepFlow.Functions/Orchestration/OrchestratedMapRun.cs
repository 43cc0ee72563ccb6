using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Orchestration;

/// <summary>
/// A Map Run inside its orchestration. Its activities read the items in ranges, run or start children while the concurrency allows it, and
/// it waits for the ends of the children. One activity runs the Express children of a page. Standard children are executions with
/// their own orchestrations, which send an event when they end. So the run has only numbers, and continues as new for any number
/// of children.
/// </summary>
internal sealed class OrchestratedMapRun
{
    /// <summary>After so many completions it continues as new.</summary>
    public const int CompletionsPerGeneration = 200;

    /// <summary>So many children in an event make the history as much longer as a completion does.</summary>
    private const int ChildrenPerCompletion = 10;

    /// <summary>So many activities start or run children at a time.</summary>
    private const int MaxStarts = 8;
    private const int MaxRanges = 32;

    /// <summary>Items are read while fewer pages than these wait.</summary>
    private const int MaxWaiting = 40;

    /// <summary>After this time without an end, the run checks its children. Their orchestrations, or the process that should have sent the events, may have failed.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(2);

    /// <summary>As long as none ends, the pauses double up to this.</summary>
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromMinutes(10);

    private readonly TaskOrchestrationContext _context;
    private readonly OrchestrationPayloads _payloads;
    private readonly MapRunInput _input;
    private readonly MapRunTally _tally;
    private readonly PendingOperations _pending = new();
    private readonly Queue<WaitingPage> _waiting = new();
    private readonly Dictionary<int, ExpressRange> _ranges = [];
    private readonly ILogger _logger;
    private IndexSet _inFlight = new();
    private MapRunSettings _settings;
    private MapRunStop _stop;
    private MapRunEnd? _failure;
    private ItemPosition _next;
    private int _nextPage;
    private bool _isRead;
    private bool _reading;
    private int _starts;
    private int _calls;
    private int _completions;
    private int _ended;
    private int _endedBefore;
    private TimeSpan _quiet = Quiet;

    public OrchestratedMapRun(TaskOrchestrationContext context)
    {
        _context = context;
        _payloads = new(context);
        _logger = context.CreateReplaySafeLogger<OrchestratedMapRun>();
        _input = context.GetInput<MapRunInput>()
            ?? throw new InvalidOperationException($"The orchestration {context.InstanceId} was started without an input.");
        _settings = _input.Progress.Settings;
        _stop = _input.Stop;
        _failure = _input.Failure;
        _next = _input.Next;
        _nextPage = _input.NextPage;
        _isRead = _input.IsRead;
        _tally = new(_input.Progress, null);
    }

    private bool IsDone => (_stop != MapRunStop.None || (_isRead && _waiting.Count == 0)) && _inFlight.Count == 0 && _ranges.Count == 0 && _starts == 0 && !_reading;

    private bool ContinuesAsNew => _completions >= CompletionsPerGeneration && !_pending.HasWork;

    private bool BeginsWork => _stop == MapRunStop.None && _completions < CompletionsPerGeneration;

    /// <summary>Runs to the end, or to the point where it continues as new.</summary>
    /// <returns>How it ended; null where it continues as new.</returns>
    public async Task<MapRunEnd?> RunAsync()
    {
        _inFlight = IndexSet.Read(await _payloads.ReadTextAsync(_input.InFlight) ?? string.Empty);
        foreach (WaitingPage page in PageText.Read(await _payloads.ReadTextAsync(_input.Waiting) ?? string.Empty))
        {
            _waiting.Enqueue(page);
        }

        WaitFor(EventNames.Stop);
        WaitFor(EventNames.Settings);
        WaitFor(EventNames.EndedChild);
        WaitFor(EventNames.EndedChildren);
        WaitForQuiet();
        while (true)
        {
            Read();
            if (_settings.HasExpressChildren)
            {
                RunChildren();
            }
            else
            {
                StartChildren();
            }

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
            if (_stop == MapRunStop.None && _tally.Exceeds(_settings, _isRead))
            {
                await StopAsync(MapRunStop.TooManyFailures);
            }
        }

        _pending.CancelTimers();
        var finish = new MapRunFinish { Run = _input.Run, Pages = _nextPage, Progress = _tally.Progress with { Settings = _settings }, Stop = _stop, Failure = _failure };
        return await _context.CallActivityAsync<MapRunEnd>(ActivityNames.FinishMapRun, finish, ActivityOptions.Retried);
    }

    /// <summary>Has the next items read, while the children of those before run.</summary>
    private void Read()
    {
        if (BeginsWork && !_isRead && !_reading && _waiting.Count < MaxWaiting)
        {
            _reading = true;
            Call<ChildrenRead>(ActivityNames.ReadChildren, new ChildrenReading(_input.Run, _nextPage, _next));
        }
    }

    /// <summary>Runs Express children as far as the concurrency allows. Each page gets its share.</summary>
    private void RunChildren()
    {
        int share = Math.Max(1, _settings.Concurrency / MaxRanges);
        while (BeginsWork && _waiting.Count > 0 && _ranges.Count < MaxRanges)
        {
            int concurrency = Math.Min(Math.Min(share, _settings.Concurrency - _ranges.Values.Sum(static range => range.Concurrency)), _waiting.Peek().Items.Count);
            if (concurrency <= 0)
            {
                return;
            }

            WaitingPage page = _waiting.Dequeue();
            long items = page.Items.Take(concurrency).Sum(static count => (long)count);
            long failures = _settings.MostFailures(_isRead ? _tally.Progress.Items.Total : null) - _tally.Progress.Items.NotSucceeded;
            _ranges.Add(page.Page, new(page, concurrency, items));
            _tally.Running(items, concurrency);
            Call<ChildrenRan>(ActivityNames.RunChildren, new ChildrenRun(_input.Run, page.Page, page.Part, concurrency, failures));
        }
    }

    /// <summary>Starts Standard children as far as the concurrency allows, but not near the end of a generation.</summary>
    private void StartChildren()
    {
        while (BeginsWork && _waiting.TryPeek(out WaitingPage? page) && _starts < MaxStarts)
        {
            int left = page.Items.Count;
            int count = Math.Min(Math.Min(left, ChildrenStart.MaxChildren), _settings.Concurrency - _inFlight.Count);
            if (count <= 0 || (count < ChildrenStart.MaxChildren && count < left && _starts > 0))
            {
                // The concurrency is used up, or nearly. More becomes free while the current starts run.
                return;
            }

            Call<IReadOnlyList<EndedChild>>(ActivityNames.StartChildren, new ChildrenStart(_input.Run, page.Page, page.First, count));
            _inFlight.Add(page.First, count);
            _tally.Running(page.Items.Take(count).Sum(static items => (long)items), count);
            _starts++;
            _waiting.Dequeue();
            if (count < left)
            {
                PutFirst(page with { First = page.First + count, Items = [.. page.Items.Skip(count)] });
            }
        }
    }

    private async Task TakeAsync(PendingOperation done)
    {
        switch (done.Task)
        {
            case Task<ChildrenRead> reading:
                await TakeAsync(await reading);
                break;
            case Task<ChildrenRan> ran:
                Take(await ran);
                break;
            case Task<IReadOnlyList<EndedChild>> children:
                foreach (EndedChild child in await children)
                {
                    End(child);
                }

                if (done.Id.StartsWith(ActivityNames.StartChildren, StringComparison.Ordinal))
                {
                    // Children that were started in the meantime are stopped too.
                    _starts--;
                    await StopStandardChildrenAsync();
                }

                break;
            case Task<JsonElement?> happened:
                await TakeAsync(done.Id, await happened);
                WaitFor(done.Id);
                break;
            default:
                await done.Task;
                if (done.Id == nameof(Quiet))
                {
                    await FindEndedChildrenAsync();
                }

                break;
        }
    }

    private async Task TakeAsync(ChildrenRead read)
    {
        _reading = false;
        if (read.Failure is { } failure)
        {
            _failure = failure;
            await StopAsync(MapRunStop.Unreadable);
            return;
        }

        _nextPage = read.NextPage;
        _next = read.Next ?? _next;
        _isRead = read.IsLast;
        foreach (WaitingPage page in PageText.Read((await _payloads.ReadTextAsync(read.Pages))!))
        {
            _waiting.Enqueue(page);
            _tally.Found(page.Items.Sum(static items => (long)items), page.Items.Count);
        }
    }

    private void Take(ChildrenRan ran)
    {
        _ranges.Remove(ran.Page, out ExpressRange? range);
        _tally.Running(-range!.Items, -range.Concurrency);
        _tally.Ended(ran.Items, ran.Executions);
        if (ran.Left.Length > 0)
        {
            // It is put first, so that a page is completed before the next one begins.
            PutFirst(range.Page with { Part = range.Page.Part + 1, Items = ItemCounts.Read(ran.Left) });
        }
    }

    private void PutFirst(WaitingPage page)
    {
        WaitingPage[] others = [.. _waiting];
        _waiting.Clear();
        _waiting.Enqueue(page);
        foreach (WaitingPage other in others)
        {
            _waiting.Enqueue(other);
        }
    }

    private async Task TakeAsync(string eventName, JsonElement? payload)
    {
        switch (eventName)
        {
            case EventNames.EndedChild when ExternalEvents.Read<EndedChild>(payload) is { } ended:
                End(ended);
                break;
            case EventNames.EndedChildren when ExternalEvents.Read<EndedChildren>(payload) is { Children: { } children }:
                _completions += children.Count / ChildrenPerCompletion;
                foreach (EndedChild child in children)
                {
                    End(child);
                }

                break;
            case EventNames.Settings when ExternalEvents.Read<MapRunSettings>(payload) is { } settings:
                _settings = settings with { HasExpressChildren = _settings.HasExpressChildren };
                break;
            case EventNames.Stop when ExternalEvents.Read<TaskEvent>(payload) is { Kind: TaskEventKind.Stop }:
                await StopAsync(MapRunStop.Aborted);
                break;
            default:
                FunctionsLogs.EventIgnored(_logger, eventName, _context.InstanceId);
                break;
        }
    }

    /// <summary>A child has ended. It can be reported twice: by its event, and by an activity that found it.</summary>
    private void End(EndedChild child)
    {
        if (_inFlight.Remove(child.Index))
        {
            _tally.Ended(child.Items, child.Status);
            _ended++;
        }
    }

    private async Task StopAsync(MapRunStop stop)
    {
        _stop = stop;
        if (_ranges.Count > 0)
        {
            _pending.Add(
                $"{ActivityNames.StopExpressChildren} {_calls++}",
                PendingOperationKind.Activity,
                _context.CallActivityAsync(ActivityNames.StopExpressChildren, _input.Run, ActivityOptions.Retried));
        }

        await StopStandardChildrenAsync();
    }

    private async Task StopStandardChildrenAsync()
    {
        if (_stop != MapRunStop.None && _inFlight.Count > 0)
        {
            Call<IReadOnlyList<EndedChild>>(ActivityNames.StopChildren, await NamedAsync());
        }
    }

    private async Task FindEndedChildrenAsync()
    {
        if (_ended == _endedBefore && _inFlight.Count > 0)
        {
            Call<IReadOnlyList<EndedChild>>(ActivityNames.FindEndedChildren, await NamedAsync());
        }

        _quiet = _ended == _endedBefore && _quiet * 2 < LongestQuiet ? _quiet * 2 : _ended == _endedBefore ? LongestQuiet : Quiet;
        _endedBefore = _ended;
        WaitForQuiet();
    }

    private async Task<ChildrenNamed> NamedAsync() => new(_input.Run, (await _payloads.WriteTextAsync(_inFlight.Write()))!);

    private void Call<T>(string activity, object input) => _pending.Add(
        $"{activity} {_calls++}",
        PendingOperationKind.Activity,
        _context.CallActivityAsync<T>(activity, input, ActivityOptions.Retried));

    private void WaitFor(string name) => _pending.Add(name, PendingOperationKind.Event, _context.WaitForExternalEvent<JsonElement?>(name));

    private void WaitForQuiet() => _pending.Add(
        nameof(Quiet), PendingOperationKind.Timer, cancellation => _context.CreateTimer(_context.CurrentUtcDateTime + _quiet, cancellation));

    /// <summary>Continues in a new generation. False if something has completed in the meantime, because it would be lost.</summary>
    private async Task<bool> TryContinueAsync()
    {
        Payload? inFlight = await _payloads.WriteTextAsync(_inFlight.Write());
        Payload? waiting = await _payloads.WriteTextAsync(PageText.Write(_waiting));
        if (_pending.HasCompleted)
        {
            return false;
        }

        _pending.CancelTimers();
        _context.ContinueAsNew(
            _input with
            {
                Progress = _tally.Progress with { Settings = _settings },
                NextPage = _nextPage,
                Next = _next,
                IsRead = _isRead,
                Waiting = waiting,
                InFlight = inFlight,
                Stop = _stop,
                Failure = _failure,
            },
            preserveUnprocessedEvents: true);
        return true;
    }

    /// <summary>A page whose Express children run.</summary>
    /// <param name="Concurrency">How many of them run at a time.</param>
    /// <param name="Items">How many items those have that count as running.</param>
    private sealed record ExpressRange(WaitingPage Page, int Concurrency, long Items);
}
