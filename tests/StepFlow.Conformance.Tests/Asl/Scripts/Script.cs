using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Conformance.Tests.Asl.Doubles;
using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Conformance.Tests.Asl.Scripts;

/// <summary>A script of calls while it runs.</summary>
internal sealed class Script(CaseRun run)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly ScriptResponses _responses = new();
    private readonly ExecutionNames _executionNames = new(run.Case);
    private readonly ClientCalls _clientCalls = new(run.World);

    /// <summary>The operation of the service that a method of the client calls: <c>start_execution</c> is <c>StartExecution</c>.</summary>
    public static string OperationName(string method) => string.Concat(method.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    public async Task<Difference?> RunAsync()
    {
        var threads = new Dictionary<long, List<JsonObject>>();
        foreach (JsonObject step in run.Case.Steps.Where(step => step["thread"] is not null))
        {
            long thread = Number(step, "thread");
            threads.TryAdd(thread, []);
            threads[thread].Add(step);
        }

        // Each thread starts where its first step stands.
        var running = new List<Task<Difference?>>();
        foreach (JsonObject step in run.Case.Steps)
        {
            if (step["thread"] is not null)
            {
                if (threads.Remove(Number(step, "thread"), out List<JsonObject>? steps))
                {
                    running.Add(RunAsync(steps));
                }

                continue;
            }

            if (await StepAsync(step) is { } difference)
            {
                return difference;
            }
        }

        foreach (Task<Difference?> thread in running)
        {
            if (await thread is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private async Task<Difference?> RunAsync(List<JsonObject> steps)
    {
        foreach (JsonObject step in steps)
        {
            if (await StepAsync(step) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private async Task<Difference?> StepAsync(JsonObject step)
    {
        if (step["sleep"] is JsonNumber seconds)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds.ToDouble()), run.World.Clock);
            return null;
        }

        if (step["match"] is JsonString { Value: var key })
        {
            return await MatchAsync(key, step["of"]!);
        }

        if (step["await"] is JsonString { Value: var condition })
        {
            await AwaitAsync(Number(step, "n"), condition, (JsonObject)step["args"]!);
            return null;
        }

        return await CallAsync(step);
    }

    private async Task<Difference?> CallAsync(JsonObject step)
    {
        long number = Number(step, "n");
        string[] operation = AwsResponses.Text(step, "op")!.Split('.');
        var arguments = (JsonObject)_responses.Fill(step["args"] ?? JsonObject.Empty);
        if (operation[0] != "stepfunctions")
        {
            if (await OtherServiceAsync(operation[0], operation[1], arguments) is not { } returned)
            {
                run.World.MissingDouble ??= $"no double stands for {operation[0]}.{operation[1]}";
                return new($"/{number}", "a response", null);
            }

            _responses.Set(number, operation[1], ApiResult.Success(returned));
            return null;
        }

        string name = OperationName(operation[1]);
        if (ExpectsClientRefusal(number))
        {
            // The client library refuses the call; it never reaches the service.
            return null;
        }

        if (name == "StartExecution" && !arguments.ContainsKey("name") && _executionNames.Next(AwsResponses.Text(arguments, "stateMachineArn")!) is { } recorded)
        {
            arguments = arguments.With("name", recorded);
        }

        if (step["args"] is JsonObject { } given && given["nextToken"] is { IsNull: true } && _responses.LastToken is { } last)
        {
            // The test went on from the page before.
            arguments = arguments.With("nextToken", last);
        }

        bool paginate = step["paginate"] == JsonValue.True;
        ApiResult result = await run.World.CallAsync(name, arguments);
        while (paginate && result.Response?["nextToken"] is { } token)
        {
            ApiResult page = await run.World.CallAsync(name, arguments.With("nextToken", token));
            result = ApiResult.Success(Join(result.Response, page.Response!));
        }

        _responses.Set(number, name, result);
        bool expectsError = step["error"] == JsonValue.True;
        return result.IsSuccess == expectsError
            ? new($"/{number}", expectsError ? "an error" : "a response", result.Error is { } error ? $"{error.Code}: {error.Message}" : result.Response!.ToString())
            : null;
    }

    /// <summary>The pages so far and another one.</summary>
    private static JsonObject Join(JsonObject first, JsonObject next) => first
        .Without("nextToken")
        .Aggregate(next, (joined, member) => member.Value is JsonArray items
            ? joined.With(member.Key, JsonArray.From(items.Concat((JsonArray)next[member.Key]!)))
            : joined);

    /// <summary>The response of another service; null if the service has no double and a later step needs its response.</summary>
    private async Task<JsonObject?> OtherServiceAsync(string service, string operation, JsonObject arguments)
    {
        if (await _clientCalls.RespondAsync(service, operation, arguments) is { } returned)
        {
            return returned;
        }

        if (IsReferredTo(operation))
        {
            return null;
        }

        if (service is not ("sqs" or "sns" or "s3" or "iam" or "events" or "lambda"))
        {
            // Nothing reads the response; what the call did is missing all the same.
            run.World.Unrecorded ??= $"no double stands for {service}.{operation}";
        }

        return JsonObject.Empty;
    }

    /// <summary>Whether a later step needs what the calls of an operation returned.</summary>
    private bool IsReferredTo(string operation) => run.Case.Steps
        .Where(step => AwsResponses.Text(step, "op")?.EndsWith("." + operation, StringComparison.Ordinal) == true)
        .Select(step => Number(step, "n"))
        .Any(number => run.Case.Steps.Any(step =>
            step.ToString().Contains($"{{{{{number}.", StringComparison.Ordinal) || (step["of"] is { } of && ScriptResponses.Refers(of, number))));

    /// <summary>Whether the recording of a call begins with the client library's own refusal.</summary>
    private bool ExpectsClientRefusal(long number) => run.Case.Steps.Any(step =>
        step["match"] is JsonString { Value: var key }
        && ScriptResponses.Refers(step["of"]!, number)
        && run.Case.Expected[key] is { } expected
        && ClientRefusal(expected));

    private static bool ClientRefusal(JsonValue expected) => expected switch
    {
        JsonString { Value: var text } => text.StartsWith("Parameter validation failed", StringComparison.Ordinal),
        JsonObject members => members["exception_typename"] is JsonString { Value: "ParamValidationError" },
        _ => false,
    };

    private async Task<Difference?> MatchAsync(string key, JsonValue of)
    {
        if (run.Case.Expected[key] is not { } expected)
        {
            return of is JsonNumber && _responses.Response(of)?["events"] is JsonArray events ? await CompareExecutionAsync(events) : null;
        }

        if (ClientRefusal(expected))
        {
            return null;
        }

        if (expected is JsonObject { } whole && whole["events"] is JsonArray recorded && _responses.Response(of)?["events"] is JsonArray actualEvents)
        {
            return run.CompareHistory(recorded, actualEvents);
        }

        if (expected is JsonArray page)
        {
            return ComparePage(key, page, _responses.Response(of)!);
        }

        JsonValue actual = _responses.Snapshot(of, expected);
        return run.Matcher.Compare(expected, actual, "/" + key);
    }

    /// <summary>The test gathered a list over its pages: the first matches hold the first items, the last the rest.</summary>
    private Difference? ComparePage(string key, JsonArray expected, JsonObject response)
    {
        var items = (JsonArray)response.First(member => member.Value is JsonArray).Value;
        JsonArray actual = key.EndsWith('1')
            ? JsonArray.From(items.Take(expected.Count))
            : JsonArray.From(items.Skip(items.Count - expected.Count));
        return run.Matcher.Compare(expected, Recording.Of(actual), "/" + key);
    }

    /// <summary>The case has the execution's history and end as members of their own.</summary>
    private async Task<Difference?> CompareExecutionAsync(JsonArray events)
    {
        if (run.Case.Expected["history"] is JsonArray history && run.CompareHistory(history, events) is { } difference)
        {
            return difference;
        }

        JsonObject? last = events.OfType<JsonObject>().LastOrDefault();
        JsonObject details = last?.FirstOrDefault(member => member.Key.EndsWith("EventDetails", StringComparison.Ordinal)).Value as JsonObject ?? JsonObject.Empty;
        foreach (string name in (string[])["output", "error", "cause"])
        {
            if (run.Case.Expected[name] is { } expected
                && run.Matcher.Compare(expected, details[name] is { } actual ? Recording.Member(actual) : null, "/" + name) is { } wrong)
            {
                return wrong;
            }
        }

        await Task.CompletedTask;
        return null;
    }

    private async Task AwaitAsync(long number, string condition, JsonObject arguments)
    {
        string arn = AwsResponses.Text(arguments, "execution_arn") ?? string.Empty;
        switch (condition)
        {
            case "execution_terminated" or "execution_success" or "execution_aborted" or "list_execution_status":
                await run.World.Host.WaitAsync(arn, CancellationToken.None);
                break;
            case "on_execution_logs":
                string? group = AwsResponses.Text(arguments, "log_group_name");
                while (!run.World.Log.Of(group).Any(LogComparison.IsEnd))
                {
                    await Task.Delay(Poll, run.World.Clock);
                }

                _responses.Set(number, condition, ApiResult.Success(JsonObject.Create(("events", JsonArray.From(run.World.Log.Of(group).Select(run.Renamed))))));
                break;
        }
    }

    private static long Number(JsonObject step, string name) => (long)((JsonNumber)step[name]!).ToDouble();
}
