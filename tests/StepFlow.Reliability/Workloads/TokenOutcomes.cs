using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Client;

namespace StepFlow.Reliability.Workloads;

/// <summary>
/// The clients that end tasks by their tokens: as the plan of the execution defines for each attempt, well, twice, late, never, with
/// garbage. It records what was acknowledged.
/// </summary>
internal sealed class TokenOutcomes(WorkloadContext context)
{
    private readonly ConcurrentDictionary<string, List<string>> _tokens = [];
    private readonly ConcurrentDictionary<string, ConcurrentBag<(string Type, string Text)>> _acknowledged = [];

    /// <summary>The errors of the service when it received outcomes.</summary>
    public ConcurrentQueue<Problem> Problems { get; } = [];

    /// <summary>Takes a task that arrived. The same task may arrive again after a crash: its outcome is being sent already.</summary>
    public void Take(string arn, JsonObject payload)
    {
        string token = (string)payload["token"]!;
        List<string> tokens = _tokens.GetOrAdd(arn, static _ => []);
        int attempt;
        lock (tokens)
        {
            if (tokens.Contains(token))
            {
                return;
            }

            attempt = tokens.Count;
            tokens.Add(token);
        }

        var plan = (JsonArray)payload["plan"]!;
        context.Later(() => RespondAsync(arn, token, attempt < plan.Count ? (string)plan[attempt]! : "answer", payload["value"]!, attempt));
    }

    /// <summary>Finds acknowledged outcomes that the history does not contain.</summary>
    public IEnumerable<string> Check(ExecutionRecord execution)
    {
        foreach ((string type, string text) in _acknowledged.GetValueOrDefault(execution.Arn) ?? [])
        {
            string member = type == "TaskSucceeded" ? "output" : "error";
            if (!execution.Events.Any(one => one.Type == type && (string?)one.Details?[member] == text))
            {
                yield return $"The server acknowledged {type} {text}, and the history does not contain it.";
            }
        }
    }

    private async Task RespondAsync(string arn, string token, string how, JsonNode value, int attempt)
    {
        switch (how)
        {
            case "never":
                return;
            case "late":
                await Task.Delay(TimeSpan.FromSeconds(4), context.Cancellation);
                break;
            case "failure":
                await SendAsync(arn, "SendTaskFailure", new() { ["taskToken"] = token, ["error"] = $"Told{attempt}" }, ("TaskFailed", $"Told{attempt}"));
                return;
            case "garbage":
                await RefusedAsync("SendTaskSuccess", new() { ["taskToken"] = token[..(token.Length / 2)], ["output"] = "1" }, "InvalidToken");
                await RefusedAsync("SendTaskSuccess", new() { ["taskToken"] = "none", ["output"] = "1" }, "InvalidToken");
                await RefusedAsync("SendTaskSuccess", new() { ["taskToken"] = token, ["output"] = "{\"a\":" }, "InvalidOutput");
                break;
            case "heartbeats":
                for (int i = 0; i < 8; i++)
                {
                    await SendAsync(arn, "SendTaskHeartbeat", new() { ["taskToken"] = token }, null);
                    await Task.Delay(TimeSpan.FromMilliseconds(400), context.Cancellation);
                }

                break;
        }

        bool isTaken = await SucceedAsync(1);
        if (how == "twice" && await SucceedAsync(2) && isTaken)
        {
            // AWS refuses it or takes no notice; the first outcome counts. The history shows which.
            _acknowledged[arn] = [.. _acknowledged[arn].Where(static one => !one.Text.Contains("\"answer\":2", StringComparison.Ordinal))];
        }

        Task<bool> SucceedAsync(int returned)
        {
            string output = new JsonObject { ["value"] = value.DeepClone(), ["attempt"] = attempt, ["answer"] = returned }.ToJsonString();
            return SendAsync(arn, "SendTaskSuccess", new() { ["taskToken"] = token, ["output"] = output }, ("TaskSucceeded", output));
        }
    }

    private async Task<bool> SendAsync(string arn, string operation, JsonObject request, (string Type, string Text)? returned)
    {
        try
        {
            await context.CallAsync(operation, request);
        }
        catch (ServiceException e) when (e.Code is "TaskTimedOut" or "TaskDoesNotExist")
        {
            // Too late, or an earlier request arrived and its response was lost.
            return false;
        }

        if (returned is { } one)
        {
            _acknowledged.GetOrAdd(arn, static _ => []).Add(one);
        }

        return true;
    }

    private async Task RefusedAsync(string operation, JsonObject request, string code)
    {
        try
        {
            await context.CallAsync(operation, request);
            Problems.Enqueue(new("tokens", operation, $"It accepted {request.ToJsonString()}. Expected: the error {code}."));
        }
        catch (ServiceException e)
        {
            if (e.Code != code && e.Code is not ("TaskTimedOut" or "TaskDoesNotExist"))
            {
                Problems.Enqueue(new("tokens", operation, $"It rejected {request.ToJsonString()} with {e.Message}. Expected: the error {code}."));
            }
        }
    }
}
