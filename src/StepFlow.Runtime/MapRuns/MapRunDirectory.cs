using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Execution.History;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// The records of Map Runs. Their states come from the histories of their executions, and their counts from the hosts that run
/// them. Changes are stored in the background. A run that is repeated after a crash reports its counts again.
/// </summary>
public sealed class MapRunDirectory(IDocumentStore documents, TimeProvider time, ILogger<MapRunDirectory>? logger = null) : IExecutionObserver, IMapRuns
{
    private readonly ILogger _logger = logger ?? NullLogger<MapRunDirectory>.Instance;
    private readonly MapRunStore _saved = new(documents);
    private readonly ConcurrentDictionary<string, MapRunRecord> _live = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MapRunTally> _tallies = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MapRunControl> _controls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _changed = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private Task _saving = Task.CompletedTask;

    /// <summary>Reports that the counts of a run have changed. Returns immediately.</summary>
    /// <param name="tally">The counts. They are read when they are shown or stored.</param>
    public void Report(string executionArn, MapRunTally tally)
    {
        _tallies[tally.MapRunArn] = tally;
        Change(tally.MapRunArn, executionArn, time.GetUtcNow(), static record => record);
    }

    /// <summary>The settings of a run that begins, which may change while it runs.</summary>
    public MapRunControl Control(string mapRunArn, MapRunSettings settings) => _controls.GetOrAdd(mapRunArn, _ => new(settings));

    public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
    {
        foreach (HistoryEvent item in events)
        {
            switch (item)
            {
                case { Type: HistoryEventType.MapRunStarted, Details: MapRunStartedDetails started }:
                    Change(started.MapRunArn, execution.Start.ExecutionArn, item.Timestamp, record => record with { StartDate = item.Timestamp, LastEventId = item.Id });
                    break;
                case { Type: HistoryEventType.MapRunRedriven, Details: MapRunRedrivenDetails redriven }:
                    Change(redriven.MapRunArn, execution.Start.ExecutionArn, item.Timestamp, record => record with
                    {
                        Status = MapRunRecord.Running,
                        StopDate = null,
                        RedriveCount = redriven.RedriveCount,
                        RedriveDate = item.Timestamp,
                        LastEventId = item.Id,
                    });
                    break;
                case { Type: HistoryEventType.MapRunSucceeded or HistoryEventType.MapRunFailed or HistoryEventType.MapRunAborted }:
                    End(execution.Start.ExecutionArn, item);
                    break;
                case { Type: HistoryEventType.ExecutionAborted or HistoryEventType.ExecutionTimedOut or HistoryEventType.ExecutionFailed }:
                    EndAll(execution.Start.ExecutionArn, item.Timestamp);
                    break;
            }
        }
    }

    public async Task<MapRunRecord?> FindAsync(string mapRunArn, CancellationToken cancellationToken) =>
        _live.TryGetValue(mapRunArn, out MapRunRecord? live) ? Current(live) : await _saved.FindAsync(mapRunArn, cancellationToken);

    public async Task<MapRunStore> SavedAsync(CancellationToken cancellationToken)
    {
        await FlushAsync().WaitAsync(cancellationToken);
        return _saved;
    }

    public async Task UpdateAsync(MapRunRecord run, MapRunSettings settings, CancellationToken cancellationToken)
    {
        if (_controls.TryGetValue(run.Arn, out MapRunControl? control))
        {
            control.Change(settings);
        }

        Change(run.Arn, run.ExecutionArn, run.StartDate, record => record with { Settings = settings });

        await FlushAsync().WaitAsync(cancellationToken);
    }

    private void End(string executionArn, HistoryEvent item)
    {
        // The event refers to the run's start. With several runs at the same time, the chain of events identifies the run.
        MapRunRecord? run = _live.Values
            .Where(record => record.ExecutionArn == executionArn && record.Status == MapRunRecord.Running)
            .OrderBy(record => record.LastEventId == item.PreviousEventId ? 0 : 1)
            .ThenByDescending(record => record.LastEventId)
            .FirstOrDefault();
        if (run is not null)
        {
            string status = item.Type switch
            {
                HistoryEventType.MapRunSucceeded => MapRunRecord.Succeeded,
                HistoryEventType.MapRunFailed => MapRunRecord.Failed,
                _ => MapRunRecord.Aborted,
            };
            End(run, record => record with { Status = status, StopDate = item.Timestamp });
        }
    }

    private void EndAll(string executionArn, DateTimeOffset stop)
    {
        foreach (MapRunRecord run in _live.Values.Where(record => record.ExecutionArn == executionArn && record.Status == MapRunRecord.Running))
        {
            End(run, record => record with { Status = MapRunRecord.Aborted, StopDate = stop });
        }
    }

    private void End(MapRunRecord run, Func<MapRunRecord, MapRunRecord> end)
    {
        Change(run.Arn, run.ExecutionArn, run.StartDate, record => end(Current(record)));
        _controls.TryRemove(run.Arn, out _);
    }

    /// <summary>A run with its counts and settings as they are now.</summary>
    private MapRunRecord Current(MapRunRecord record) =>
        _tallies.TryGetValue(record.Arn, out MapRunTally? tally) ? With(record, tally.Progress) : record;

    private MapRunRecord With(MapRunRecord record, MapRunProgress progress) => record with
    {
        Items = progress.Items,
        Executions = progress.Executions,
        Settings = _controls.TryGetValue(record.Arn, out MapRunControl? control) ? control.Settings
            : record.Status == MapRunRecord.Running ? progress.Settings : record.Settings,
    };

    private void Change(string arn, string executionArn, DateTimeOffset start, Func<MapRunRecord, MapRunRecord> change)
    {
        _live.AddOrUpdate(
            arn,
            _ => change(new() { Arn = arn, ExecutionArn = executionArn, StartDate = start }),
            (_, record) => change(record));
        _changed[arn] = 0;
        _ = Save();
    }

    /// <summary>Waits until everything that has changed so far is saved.</summary>
    private async Task FlushAsync()
    {
        do
        {
            await Save();
        }
        while (!_changed.IsEmpty);
    }

    /// <summary>Stores the changes. Callers that come during a save wait for the same one.</summary>
    private Task Save()
    {
        lock (_gate)
        {
            return _saving.IsCompleted ? _saving = SaveChangesAsync() : _saving;
        }
    }

    private async Task SaveChangesAsync()
    {
        try
        {
            while (!_changed.IsEmpty)
            {
                foreach (string arn in _changed.Keys)
                {
                    if (_changed.TryRemove(arn, out _) && _live.TryGetValue(arn, out MapRunRecord? record))
                    {
                        await SaveAsync(record);
                    }
                }
            }
        }
        catch (Exception exception)
        {
            // The counts are for people; the run itself does not depend on them.
            RuntimeLogs.MapRunNotSaved(_logger, exception);
        }
    }

    private async Task SaveAsync(MapRunRecord live)
    {
        MapRunTally? tally = _tallies.GetValueOrDefault(live.Arn);
        MapRunRecord record = tally is null ? live : With(live, tally.Read());
        await _saved.SaveAsync(record, _ => record, CancellationToken.None);
        if (record.Status != MapRunRecord.Running && !_changed.ContainsKey(record.Arn))
        {
            _live.TryRemove(record.Arn, out _);
            if (tally is not null)
            {
                // Not the counts of a redrive that has started in the meantime.
                _tallies.TryRemove(new(record.Arn, tally));
            }
        }
    }
}
