using Microsoft.Azure.Functions.Worker;
using StepFlow.Execution;
using StepFlow.Functions.Hosting;
using StepFlow.Functions.Orchestration;
using StepFlow.Functions.Storage;
using StepFlow.Language.Json;
using StepFlow.Service.Ports;

namespace StepFlow.Functions.Activities;

/// <summary>The activities that look after the children of Map Runs.</summary>
internal sealed class ChildActivities(ExecutionStorage storage, TimeProvider time)
{
    /// <summary>How an execution ended.</summary>
    /// <exception cref="InvalidOperationException">It has not: the caller saw its orchestration end, so this is an outage or a bug.</exception>
    [Function(ActivityNames.ReadEnd)]
    public async Task<ExecutionEnd> ReadEndAsync([ActivityTrigger] string executionArn, CancellationToken cancellationToken) =>
        await storage.Records.FindAsync(executionArn, cancellationToken) is var (record, _) && RecordJson.Status(record) != ExecutionStatus.Running
            ? await EndAsync(executionArn, record, cancellationToken)
            : throw new InvalidOperationException($"{executionArn} has not ended.");

    /// <summary>What to do about a child of a Map Run that is redriven: its result, or the instance to go on in.</summary>
    /// <exception cref="InvalidOperationException">It still runs, from before the redrive: tried again until it has ended.</exception>
    [Function(ActivityNames.RedriveChild)]
    public async Task<ChildState> RedriveAsync([ActivityTrigger] ChildRedrive redrive, CancellationToken cancellationToken)
    {
        string arn = redrive.ExecutionArn;
        JsonObject? record = await storage.Records.ChangeAsync(
            arn,
            record => RecordJson.Status(record) is ExecutionStatus.Running or ExecutionStatus.Succeeded
                ? record
                : RecordJson.Redriven(record, InstanceIds.Of(arn, RecordJson.RedriveCount(record) + 1), time.GetUtcNow(), redrive.RedrivenBy),
            cancellationToken);
        if (record is null)
        {
            return new();
        }

        if (RecordJson.Status(record) == ExecutionStatus.Succeeded)
        {
            return new() { Succeeded = await EndAsync(arn, record, cancellationToken) };
        }

        return RecordJson.RedrivenBy(record) == redrive.RedrivenBy
            ? new() { InstanceId = RecordJson.Instance(record), Snapshot = await storage.KeepAsync(RecordJson.Snapshot(record), cancellationToken) }
            : throw new InvalidOperationException($"{arn} has not ended yet.");
    }

    private async Task<ExecutionEnd> EndAsync(string executionArn, JsonObject json, CancellationToken cancellationToken)
    {
        ExecutionRecord record = RecordJson.Read(json);
        return new()
        {
            ExecutionArn = executionArn,
            InstanceId = RecordJson.Instance(json),
            Status = record.Status,
            StopTime = record.StopTime ?? default,
            Output = record.Output is { } output ? await storage.KeepAsync(output, cancellationToken) : null,
            Error = record.Error,
            Cause = await storage.KeepTextAsync(record.Cause, cancellationToken),
            EventCount = record.EventCount,
        };
    }
}
