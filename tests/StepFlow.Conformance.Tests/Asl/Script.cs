using System.Text.RegularExpressions;
using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Conformance.Tests.Asl.Doubles;
using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>Plays the steps of a case against the service, and compares the answers that the test compared.</summary>
internal sealed partial class Script(CaseRun run)
{
    private readonly Dictionary<long, JsonObject> _answers = [];
    private readonly Dictionary<long, (string Operation, ApiResult Result)> _results = [];
    private readonly Dictionary<string, Task> _threads = new(StringComparer.Ordinal);
    private readonly ScriptNames _names = new(run.Case);
    private string? _execution;

    public async Task<Difference?> RunAsync()
    {
        foreach (JsonObject step in run.Case.Steps)
        {
            if (step["thread"] is { } thread)
            {
                Task before = _threads.GetValueOrDefault(thread.ToString()) ?? Task.CompletedTask;
                _threads[thread.ToString()] = AfterAsync(before, () => PerformAsync(step));
            }
            else if (await PerformAsync(step) is { } difference)
            {
                return difference;
            }
        }

        return await CompareExecutionAsync();
    }

    private static async Task AfterAsync(Task before, Func<Task> next)
    {
        await before;
        await next();
    }

    private async Task<Difference?> PerformAsync(JsonObject step)
    {
        if (step["sleep"] is JsonNumber seconds)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds.ToDouble()), run.World.Clock);
        }
        else if (AwsAnswers.Text(step, "await") is { } awaited)
        {
            await AwaitAsync(awaited, Arguments(step));
        }
        else if (AwsAnswers.Text(step, "op") is { } operation)
        {
            await CallAsync(Number(step, "n"), operation, Arguments(step), step["paginate"] == JsonValue.True);
        }
        else if (AwsAnswers.Text(step, "match") is { } key)
        {
            return Match(key, step["of"]!);
        }

        return null;
    }

    private static long Number(JsonObject step, string name) => step[name] is JsonNumber number && number.TryGetInt64(out long value) ? value : 0;

    private JsonObject Arguments(JsonObject step)
    {
        string text = (step["args"] ?? JsonObject.Empty).ToString();
        text = Reference().Replace(text, match => Escape(Resolve(_answers[long.Parse(match.Groups["n"].Value, System.Globalization.CultureInfo.InvariantCulture)], match.Groups["path"].Value)));
        return (JsonObject)JsonValue.Parse(_names.ToOurs(text));
    }

    private static string Escape(JsonValue value) => value is JsonString text ? value.ToString()[1..^1] : value.ToString();

    /// <summary>Part of an answer: <c>Messages[0].Body.TaskToken</c>. A text on the way is JSON.</summary>
    private static JsonValue Resolve(JsonValue value, string path)
    {
        foreach (Match part in PathPart().Matches(path))
        {
            value = value is JsonString text ? JsonValue.Parse(text.Value) : value;
            value = part.Groups["index"] is { Success: true } index
                ? ((JsonArray)value)[index.Value == "-1" ? ((JsonArray)value).Count - 1 : int.Parse(index.Value, System.Globalization.CultureInfo.InvariantCulture)]
                : ((JsonObject)value)[part.Value] ?? throw new InvalidOperationException($"No {path} in {value}.");
        }

        return value;
    }

    private async Task AwaitAsync(string awaited, JsonObject arguments)
    {
        string? execution = AwsAnswers.Text(arguments, "execution_arn");
        switch (awaited)
        {
            case "execution_terminated" or "execution_success" or "execution_failed" or "execution_aborted":
            case "list_execution_status" when AwsAnswers.Text(arguments, "status") != "RUNNING":
                await run.World.Host.WaitAsync(execution!, CancellationToken.None);
                break;
        }
    }

    private async Task CallAsync(long number, string operation, JsonObject arguments, bool paginate)
    {
        string[] parts = operation.Split('.');
        if (parts[0] != "stepfunctions")
        {
            _answers[number] = await OtherServiceAsync(operation, arguments);
            return;
        }

        string name = string.Concat(parts[1].Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        JsonObject request = name == "StartExecution" ? _names.Named(arguments) : arguments;
        ApiResult result = await run.World.CallAsync(name, request);
        while (paginate && result.Response?["nextToken"] is { } next && name.StartsWith("List", StringComparison.Ordinal))
        {
            ApiResult page = await run.World.CallAsync(name, request.With("nextToken", next));
            result = Join(result, page);
        }

        if (name == "StartExecution" && result.Response?["executionArn"] is JsonString started)
        {
            _execution = started.Value;
            _names.Learn(started.Value);
        }

        _results[number] = (name, result);
        _answers[number] = CaseRun.Recorded(result);
    }

    private static ApiResult Join(ApiResult first, ApiResult page)
    {
        KeyValuePair<string, JsonValue> list = first.Response!.First(member => member.Value is JsonArray);
        JsonObject joined = first.Response!.With(list.Key, JsonArray.From([.. (JsonArray)list.Value, .. (JsonArray)page.Response![list.Key]!]));
        return ApiResult.Success(page.Response!["nextToken"] is { } next ? joined.With("nextToken", next) : joined.Without("nextToken"));
    }

    private async Task<JsonObject> OtherServiceAsync(string operation, JsonObject arguments)
    {
        if (operation == "sqs.receive_message")
        {
            while (true)
            {
                if (run.World.Queues.Take(AwsAnswers.Text(arguments, "QueueUrl")!) is { } message)
                {
                    return JsonObject.Create(("Messages", JsonArray.Create(message)));
                }

                await Task.Delay(TimeSpan.FromSeconds(1), run.World.Clock);
            }
        }

        if (operation == "sqs.create_queue")
        {
            string url = "https://sqs.us-east-1.amazonaws.com/111111111111/" + AwsAnswers.Text(arguments, "QueueName");
            run.World.Queues.Add(url);
            return JsonObject.Create(("QueueUrl", url));
        }

        SetupCalls.Perform(run.World, operation, arguments);
        return JsonObject.Empty;
    }

    private Difference? Match(string key, JsonValue of)
    {
        if (run.Case.Expected[key] is not { } expected)
        {
            return null;
        }

        (JsonValue source, string? path) = of is JsonArray pair ? (pair[0], ((JsonString)pair[1]).Value) : (of, null);
        ((JsonNumber)source).TryGetInt64(out long number);
        JsonValue answer = expected is JsonObject thrown && thrown.ContainsKey("exception_typename") && _results.TryGetValue(number, out (string Operation, ApiResult Result) failed)
            ? ClientException.Of(failed.Operation, failed.Result)
            : path == "message" ? Message(number)
            : path is null ? _answers[number]
            : Resolve(_answers[number], path);
        answer = JsonValue.Parse(_names.ToRecorded(answer.ToString()));
        return ClientSide(expected) ? null
            : expected is JsonObject history && history["events"] is JsonArray events
            ? run.CompareHistory(events, answer is JsonObject page ? (JsonArray)page["events"]! : JsonArray.Empty)
            : run.Matcher.Compare(expected, answer, "/" + key);
    }

    private JsonString Message(long number)
    {
        (string operation, ApiResult result) = _results[number];
        return new(result.Error is { } error ? ClientException.Message(operation, error.Code, error.Message) : string.Empty);
    }

    /// <summary>What the AWS client library said itself, before the service was asked.</summary>
    private static bool ClientSide(JsonValue expected) => expected.ToString().Contains("Parameter validation failed", StringComparison.Ordinal);

    /// <summary>What the case expects of its execution beside the answers of its steps.</summary>
    private async Task<Difference?> CompareExecutionAsync()
    {
        JsonObject expected = run.Case.Expected;
        if (_execution is null || !(expected.ContainsKey("status") || expected.ContainsKey("history")) || _execution.Contains(":express:", StringComparison.Ordinal))
        {
            return null;
        }

        ApiResult described = await run.World.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", _execution)));
        foreach (string member in (ReadOnlySpan<string>)["status", "output", "error", "cause"])
        {
            if (expected[member] is { } value
                && run.Matcher.Compare(value, described.Response?[member] is { } actual ? Recording.Member(actual) : null, "/" + member) is { } difference)
            {
                return difference;
            }
        }

        return expected["history"] is JsonArray history ? run.CompareHistory(history, await run.HistoryAsync(_execution)) : null;
    }

    [GeneratedRegex(@"\{\{(?<n>\d+)\.(?<path>[^}]+)\}\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\[(?<index>-?\d+)\]|[^.\[\]]+")]
    private static partial Regex PathPart();
}
