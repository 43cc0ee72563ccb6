using System.Text.Json.Nodes;
using StepFlow.Reliability.Client;

namespace StepFlow.Reliability.Checking;

/// <summary>Reads executions and lists back, page by page.</summary>
internal sealed class RecordReader(StatesClient client, CancellationToken cancellationToken)
{
    /// <summary>A history of more events is not read whole: its beginning and its end are.</summary>
    private const int MaxEvents = 50_000;

    /// <summary>Reads an execution and its history; null where there is no such execution.</summary>
    public async Task<ExecutionRecord?> ReadAsync(string arn)
    {
        try
        {
            JsonObject description = await client.CallAsync("DescribeExecution", new() { ["executionArn"] = arn }, cancellationToken);
            var events = new List<HistoryEvent>();
            await foreach (JsonObject entry in PagesAsync("GetExecutionHistory", "events", new() { ["executionArn"] = arn, ["maxResults"] = 1000 }))
            {
                if (events.Count == MaxEvents)
                {
                    return new(description, events, await ReadTailAsync(arn));
                }

                events.Add(HistoryEvent.Read(entry));
            }

            return new(description, events);
        }
        catch (ServiceException e) when (e.Code == "ExecutionDoesNotExist")
        {
            return null;
        }
    }

    /// <summary>The ARNs of a machine's executions, all or of one status.</summary>
    public async Task<List<string>> ListAsync(string machineArn, string? status)
    {
        var request = new JsonObject { ["stateMachineArn"] = machineArn, ["maxResults"] = 1000 };
        if (status is not null)
        {
            request["statusFilter"] = status;
        }

        var arns = new List<string>();
        await foreach (JsonObject entry in PagesAsync("ListExecutions", "executions", request))
        {
            arns.Add((string)entry["executionArn"]!);
        }

        return arns;
    }

    private async Task<List<HistoryEvent>> ReadTailAsync(string arn)
    {
        JsonObject page = await client.CallAsync(
            "GetExecutionHistory", new() { ["executionArn"] = arn, ["maxResults"] = 1000, ["reverseOrder"] = true }, cancellationToken);
        return [.. ((JsonArray)page["events"]!).Select(static entry => HistoryEvent.Read((JsonObject)entry!)).Reverse()];
    }

    private async IAsyncEnumerable<JsonObject> PagesAsync(string operation, string member, JsonObject request)
    {
        while (true)
        {
            JsonObject page = await client.CallAsync(operation, request, cancellationToken);
            foreach (JsonNode? entry in (JsonArray)page[member]!)
            {
                yield return (JsonObject)entry!;
            }

            if ((string?)page["nextToken"] is not { } token)
            {
                yield break;
            }

            request["nextToken"] = token;
        }
    }
}
