using System.Runtime.ExceptionServices;
using StepFlow.Execution.Commands;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// Runs the items of a distributed Map as child executions (Amazon States Language, "Map State", distributed
/// mode), in one process. It makes the children while the items are read, runs them within the concurrency, stops after
/// too many failures, and writes the results. Only running children and inputs that were read ahead are in memory. After a
/// crash a host repeats the run: it has the same names, continues reading at the last recorded position, and does not run
/// children again whose outcomes are recorded.
/// </summary>
public sealed class MapRunner : IDisposable
{
    private readonly MapRunRequest _request;
    private readonly StartMapRun _command;
    private readonly MapRunNames _names;
    private readonly StateMachine _machine;
    private readonly MapRunTally _tally;
    private readonly MapRunControl _control;
    private readonly ChildQueue _queue;
    private readonly Lock _gate = new();

    /// <summary>Stops the children: the run was cancelled, its items cannot be read, or too many failed. They end with a result.</summary>
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Ends the run without an outcome, so that a host can repeat it: no further outcome is recorded because of it.</summary>
    private readonly CancellationTokenSource _abandon;

    private TaskCompletionSource? _changed;
    private Exception? _broken;
    private int _active;
    private bool _allRead;
    private bool _exceeded;

    private MapRunner(MapRunRequest request)
    {
        _request = request;
        _command = request.Command;
        _names = new(request.Parent, _command);
        _machine = MapRunChild.MachineOf(_command);
        var settings = MapRunSettings.Of(_command);
        _tally = new(new(_names.Arn, new(), new()) { Settings = settings }, request.Progress);
        _control = request.Control?.Invoke(_names.Arn, settings) ?? new(settings);
        _queue = new(request.ReadAheadBytes ?? long.MaxValue);
        _abandon = CancellationTokenSource.CreateLinkedTokenSource(request.Abandon);
    }

    private bool IsEnding => _stop.IsCancellationRequested || _abandon.IsCancellationRequested;

    /// <summary>Runs to the end.</summary>
    /// <param name="request">The inputs of the run.</param>
    /// <param name="cancellationToken">Stops the run and its children.</param>
    /// <returns>The outcome; null if the run was cancelled.</returns>
    /// <exception cref="OperationCanceledException">The run was abandoned (<see cref="MapRunRequest.Abandon"/>).</exception>
    public static async Task<MapRunOutcome?> RunAsync(MapRunRequest request, CancellationToken cancellationToken)
    {
        using var run = new MapRunner(request);
        return await run.RunAsync(cancellationToken);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _abandon.Dispose();
    }

    private async Task<MapRunOutcome?> RunAsync(CancellationToken cancellationToken)
    {
        if (_command.RedrivenMapRunArn is null)
        {
            _request.Started(_names.Arn);
        }

        RecordedOutcomes recorded = await _request.Outcomes.OpenAsync(cancellationToken);
        _tally.Found(recorded.Start.Items.Total, recorded.Start.Executions.Total);
        _tally.Ended(recorded.Start.Items, recorded.Start.Executions);
        using CancellationTokenRegistration cancelled = cancellationToken.Register(_stop.Cancel);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _abandon.Token);
        Task<StatesError?> reading = ReadAsync(recorded.Start, ending.Token);
        try
        {
            // If all items fit in memory, they are read before any child starts. So no child runs if they cannot be read.
            await (_request.ReadAheadBytes is null ? reading : _queue.Filled);
            if (!reading.IsCompletedSuccessfully || reading.Result is null)
            {
                await RunChildrenAsync(recorded);
            }

            if (_broken is { } failure)
            {
                // The others were abandoned.
                ExceptionDispatchInfo.Throw(failure);
            }

            _request.Abandon.ThrowIfCancellationRequested();
            if (cancellationToken.IsCancellationRequested)
            {
                return null;
            }

            return await reading is { } unreadable ? new(null, unreadable) : await WriteAsync(ending.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            // Nothing reads on after the run.
            await ending.CancelAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<StatesError?> ReadAsync(ReadingStart start, CancellationToken cancellationToken)
    {
        try
        {
            Outcome<bool> read = await new ChildReader(_command, _names, _request.Parent, _request.Clock).ReadAsync(
                new()
                {
                    Objects = _request.Objects,
                    MaxBytes = _request.ReadAheadBytes is null ? _request.Objects?.MaxItemBytes ?? 0 : long.MaxValue,
                    First = start.Position,
                    FirstChild = start.Child,
                },
                async (child, next, token) =>
                {
                    child.Next = next;
                    _tally.Found(child.Items);
                    await _queue.AddAsync(child, token);
                    return true;
                },
                cancellationToken);
            if (!read.IsSuccess)
            {
                await _stop.CancelAsync();
            }

            lock (_gate)
            {
                _allRead = read.IsSuccess;
            }

            return read.Error;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            await BreakAsync(failure);
            throw;
        }
        finally
        {
            _queue.Complete();
        }
    }

    /// <summary>Runs all children within the concurrency. Where more failed than tolerated, the others are stopped. Where one cannot be run, they are abandoned.</summary>
    private async Task RunChildrenAsync(RecordedOutcomes recorded)
    {
        // A higher concurrency takes effect immediately, a lower one when children end.
        _control.Changed += Wake;
        await using CancellationTokenRegistration stopped = _stop.Token.Register(Wake);
        await using CancellationTokenRegistration abandoned = _abandon.Token.Register(Wake);
        try
        {
            CheckTolerance();
            while (await _queue.TakeAsync(CancellationToken.None) is { } child)
            {
                if (recorded.Find(child.Index) is { } status)
                {
                    // It ran before.
                    _tally.Running(child.Items);
                    Ended(child.Items, status);
                }
                else if (await CanStartAsync())
                {
                    await _request.Children.ReadyAsync(CancellationToken.None);
                    _ = RunAsync(child);
                }
                else if (_exceeded)
                {
                    await _request.Outcomes.AddAsync(child, CancellationToken.None);
                }
                else
                {
                    break;
                }
            }

            // Only now is their number known.
            CheckTolerance();
        }
        catch (Exception failure)
        {
            await BreakAsync(failure);
            throw;
        }
        finally
        {
            // Nothing of the run continues after this method, however it ends.
            await UntilAsync(() => _active == 0);
            _control.Changed -= Wake;
        }
    }

    /// <summary>Waits for room for one more child, and takes it. False where the run stops.</summary>
    private async Task<bool> CanStartAsync()
    {
        bool isTaken = false;
        await UntilAsync(() => IsEnding || (isTaken = TryTake()));
        return isTaken;

        bool TryTake()
        {
            bool hasRoom = _active < _control.Settings.Concurrency;
            _active += hasRoom ? 1 : 0;
            return hasRoom;
        }
    }

    /// <summary>Waits for a condition, which is checked in the lock.</summary>
    private async Task UntilAsync(Func<bool> condition)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (condition())
                {
                    return;
                }

                _changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                changed = _changed.Task;
            }

            await changed;
        }
    }

    private void Wake()
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            (changed, _changed) = (_changed, null);
        }

        changed?.TrySetResult();
    }

    private async Task RunAsync(MapRunEntry entry)
    {
        try
        {
            _tally.Running(entry.Items);
            entry.StartTime = _request.Clock.GetUtcNow();
            entry.Result = await _request.Children.RunAsync(_names.Child(entry, _machine), _stop.Token, _abandon.Token);
            await _request.Outcomes.AddAsync(entry, CancellationToken.None);
            Ended(entry.Items, entry.Result.Status);
        }
        catch (Exception failure)
        {
            await BreakAsync(failure);
        }

        lock (_gate)
        {
            _active--;
        }

        Wake();
    }

    /// <summary>
    /// Something failed that is not a failure of the workflow, so the run ends without an outcome. The children that run are abandoned,
    /// not stopped: if their ends were recorded, the repeated run would take them for failures of the workflow.
    /// </summary>
    private Task BreakAsync(Exception failure)
    {
        lock (_gate)
        {
            _broken ??= failure;
        }

        return _abandon.CancelAsync();
    }

    private void Ended(int items, ExecutionStatus status)
    {
        _tally.Ended(items, status);
        CheckTolerance();
    }

    private void CheckTolerance()
    {
        lock (_gate)
        {
            if (_exceeded || IsEnding || !_tally.Exceeds(_control.Settings, _allRead))
            {
                return;
            }

            _exceeded = true;
        }

        // On this thread, so that the other children are cancelled before another one starts.
        _stop.Cancel();
    }

    private async Task<MapRunOutcome?> WriteAsync(CancellationToken cancellationToken)
    {
        await _request.Outcomes.FlushAsync(cancellationToken);
        return await new MapResultWriter(_command, _names, _request.Objects, _request.Clock).EndAsync(_request.Outcomes, _tally, _exceeded, cancellationToken);
    }
}
