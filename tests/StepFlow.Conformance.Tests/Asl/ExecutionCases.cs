using System.Text.RegularExpressions;
using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>Kind <c>execution</c>: one Standard execution, from the machine's creation to its history.</summary>
internal static partial class ExecutionCases
{
    private const string StandIn = """{"StartAt":"StandIn","States":{"StandIn":{"Type":"Pass","End":true}}}""";

    public static Task<Difference?> RunAsync(CaseRun run) => run.World.Clock.RunAsync(() => RunInsideAsync(run));

    private static async Task<Difference?> RunInsideAsync(CaseRun run)
    {
        // Machines that run beside have an input of their own; the others are called by the case's machine.
        foreach (JsonObject auxiliary in run.Case.Auxiliary.Where(auxiliary => auxiliary.ContainsKey("input")))
        {
            await StartAuxiliaryAsync(run, auxiliary);
        }

        var definitions = new Queue<JsonObject>(run.Case.Auxiliary.Where(auxiliary => !auxiliary.ContainsKey("input")));
        foreach (string called in CalledMachines(run.Case))
        {
            JsonValue? definition = definitions.TryDequeue(out JsonObject? auxiliary) ? auxiliary["definition"] : CalledMachine.StandIn(run.Case.Expected);
            if (definition is null)
            {
                run.World.Unrecorded = $"the called machine {called} is not recorded";
            }

            await CreateCalledAsync(run, called, definition is null ? StandIn : PythonJson.Write(definition));
        }

        ApiResult created = await run.World.CallAsync("CreateStateMachine", CreateRequest(run.Case));
        if (created.Error is { } refused)
        {
            return new("/CreateStateMachine", "a state machine", $"{refused.Code}: {refused.Message}");
        }

        ApiResult started = await run.World.CallAsync("StartExecution", StartRequest(run.Case, created.Response!["stateMachineArn"]!));
        if (started.Error is { } error)
        {
            return new("/StartExecution", "an execution", $"{error.Code}: {error.Message}");
        }

        string arn = ((JsonString)started.Response!["executionArn"]!).Value;
        await run.World.Host.WaitAsync(arn, CancellationToken.None);
        ApiResult described = await run.World.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", arn)));
        if (described.Error is { } failed)
        {
            return new("/DescribeExecution", "an execution", $"{failed.Code}: {failed.Message}");
        }

        return await CompareAsync(run, arn, started, described, created);
    }

    private static async Task<Difference?> CompareAsync(CaseRun run, string arn, ApiResult started, ApiResult described, ApiResult created)
    {
        foreach (KeyValuePair<string, JsonValue> expectation in run.Case.Expected)
        {
            Difference? difference = expectation.Key switch
            {
                "historyIncomplete" => null,
                "history" => run.CompareHistory((JsonArray)expectation.Value, await run.HistoryAsync(arn)),
                "status" or "output" or "error" or "cause" => CompareMember(run, expectation.Key, expectation.Value, described.Response!),
                _ when expectation.Value is JsonArray log && LogComparison.IsLog(log) => LogComparison.Compare(run, log),
                _ when expectation.Value is JsonObject snapshot && snapshot.ContainsKey("ResponseMetadata") => snapshot switch
                {
                    _ when snapshot["events"] is JsonArray events => run.CompareHistory(events, await run.HistoryAsync(arn, expectation.Key.Contains("reverseOrder[True]", StringComparison.Ordinal))),
                    _ when snapshot.ContainsKey("definition") => run.Matcher.Compare(snapshot, CaseRun.Recorded(await DescribeMachineAsync(run, created)), "/" + expectation.Key),
                    _ when Snapshot(snapshot, started, described, created) is { } actual => run.Matcher.Compare(snapshot, CaseRun.Recorded(actual), "/" + expectation.Key),
                    _ => null,
                },
                _ => null,
            };
            if (difference is not null)
            {
                return difference;
            }
        }

        return await AfterCalls.CompareAsync(run);
    }

    /// <summary>Which response a snapshot shows: the response's members identify it.</summary>
    private static ApiResult? Snapshot(JsonObject snapshot, ApiResult started, ApiResult described, ApiResult created) =>
        snapshot.ContainsKey("status") && snapshot.ContainsKey("startDate") ? described
        : snapshot.ContainsKey("executionArn") ? started
        : snapshot.ContainsKey("stateMachineArn") && snapshot.ContainsKey("creationDate") ? created
        : null;

    private static Task<ApiResult> DescribeMachineAsync(CaseRun run, ApiResult created) =>
        run.World.CallAsync("DescribeStateMachine", JsonObject.Create(("stateMachineArn", created.Response!["stateMachineArn"]!)));

    private static Difference? CompareMember(CaseRun run, string name, JsonValue expected, JsonObject described) =>
        run.Matcher.Compare(expected, described[name] is { } actual ? Recording.Member(actual) : null, "/" + name);

    public static JsonObject CreateRequest(AslCase aslCase)
    {
        JsonObject request = JsonObject.Create(
            ("name", aslCase.Text("stateMachineName") ?? aslCase.ValueOf("<state-machine-name>") ?? "machine"),
            ("definition", aslCase.DefinitionText),
            ("roleArn", aslCase.RoleArn),
            ("type", aslCase.Text("type") ?? "STANDARD"));
        return aslCase.Source["loggingConfiguration"] is { } logging ? request.With("loggingConfiguration", logging) : request;
    }

    public static JsonObject StartRequest(AslCase aslCase, JsonValue machineArn)
    {
        string testCase = aslCase.Text("mockTestCase") is { } mocked ? "#" + mocked : string.Empty;
        JsonObject request = JsonObject.Create(("stateMachineArn", ((JsonString)machineArn).Value + testCase));
        if (aslCase.InputText is { } input)
        {
            request = request.With("input", input);
        }

        return ExecutionName(aslCase) is { } name ? request.With("name", name) : request;
    }

    /// <summary>The name of the execution in the recording; of several executions of one test the one that its responses show.</summary>
    private static string? ExecutionName(AslCase aslCase)
    {
        if (aslCase.Parameters["name"] is JsonString given)
        {
            return given.Value;
        }

        string recorded = aslCase.Expected.ToString();
        return aslCase.Placeholders
            .Select(placeholder => (Name: (placeholder["placeholder"] as JsonString)?.Value ?? string.Empty, Value: (placeholder["value"] as JsonString)?.Value))
            .Where(placeholder => placeholder.Name.StartsWith("<ExecArnPart_", StringComparison.Ordinal) || placeholder.Name.StartsWith("<execution-id-", StringComparison.Ordinal))
            .OrderByDescending(placeholder => recorded.Contains(placeholder.Name, StringComparison.Ordinal))
            .Select(placeholder => placeholder.Value)
            .FirstOrDefault();
    }

    /// <summary>The names of the machines that the case calls. Where the recording does not hold them, machines that pass their input stand in.</summary>
    private static IEnumerable<string> CalledMachines(AslCase aslCase) => MachineArn()
        .Matches(aslCase.DefinitionText + aslCase.InputText)
        .Select(match => match.Groups["name"].Value)
        .Distinct()
        .Where(name => name != aslCase.Text("stateMachineName"));

    private static Task<ApiResult> CreateCalledAsync(CaseRun run, string name, string definition) => run.World.CallAsync("CreateStateMachine", JsonObject.Create(
        ("name", name),
        ("definition", definition),
        ("roleArn", run.Case.RoleArn),
        ("type", run.Case.DefinitionText.Contains("startSyncExecution", StringComparison.Ordinal) ? "EXPRESS" : "STANDARD")));

    [GeneratedRegex(@"arn:aws:states:us-east-1:111111111111:stateMachine:(?<name>[\w.-]+)")]
    private static partial Regex MachineArn();

    private static async Task StartAuxiliaryAsync(CaseRun run, JsonObject auxiliary)
    {
        ApiResult created = await run.World.CallAsync("CreateStateMachine", JsonObject.Create(
            ("name", "auxiliary-" + Guid.NewGuid().ToString("N")),
            ("definition", PythonJson.Write(auxiliary["definition"]!)),
            ("roleArn", "arn:aws:iam::111111111111:role/auxiliary"),
            ("type", auxiliary["type"] ?? "STANDARD")));
        if (created.Error is { } error)
        {
            throw new InvalidOperationException($"{error.Code}: {error.Message}");
        }

        JsonObject request = JsonObject.Create(("stateMachineArn", created.Response!["stateMachineArn"]!));
        await run.World.CallAsync("StartExecution", auxiliary["input"] is { } input ? request.With("input", PythonJson.Write(input)) : request);
    }
}
