using StepFlow.Hosting.Compliance;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>The kinds of executions whose histories are compared: those of the compliance suite, and what only a whole server has.</summary>
internal static class HistoryKinds
{
    private const string Account = "us-east-1:123456789012";
    private const string Succeed = "SendTaskSuccess";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HistoryKind> All { get; } = [.. States(), .. Tasks(), .. Branches(), .. FromOutside(), .. Nested(), .. MapRuns()];

    private static IEnumerable<HistoryKind> States()
    {
        yield return new("pass", Machines.Pass);
        yield return new("fail", Machines.Fail);
        yield return new("wait", Machines.Wait(1));
        yield return new("succeed", """{"StartAt":"S","States":{"S":{"Type":"Succeed"}}}""");
        yield return new("everything", Machines.NearlyEverything.Replace(Requests.Function("flaky"), Requests.Function("busy"), StringComparison.Ordinal))
        {
            Input = JsonValue.Parse("""{"items":[1,2],"kind":"long"}"""),
            IsConcurrent = true,
        };
        yield return new("choice", """
            {"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericGreaterThan":1,"Next":"Large"}],"Default":"Small"},
             "Large":{"Type":"Pass","Result":"large","End":true},"Small":{"Type":"Pass","End":true}}}
            """) { Input = JsonObject.Create(("n", 2)) };
        yield return new("no-choice", """
            {"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericEquals":1,"Next":"P"}]},"P":{"Type":"Pass","End":true}}}
            """) { Input = JsonObject.Create(("n", 2)) };
        yield return new("jsonata", """
            {"QueryLanguage":"JSONata","StartAt":"P","States":{
             "P":{"Type":"Pass","Assign":{"sum":"{% $sum($states.input.n) %}"},"Next":"Q"},"Q":{"Type":"Pass","Output":{"sum":"{% $sum %}"},"End":true}}}
            """) { Input = JsonValue.Parse("""{"n":[1,2,3]}""") };
        yield return new("jsonata-failing", """
            {"QueryLanguage":"JSONata","StartAt":"P","States":{"P":{"Type":"Pass","Output":"{% $states.input.n + 'x' %}","End":true}}}
            """) { Input = JsonObject.Create(("n", 2)) };
        yield return new("no-path", """{"StartAt":"P","States":{"P":{"Type":"Pass","Parameters":{"x.$":"$.none"},"End":true}}}""");
        yield return new("out-of-time", $$"""{"TimeoutSeconds":2,{{Machines.Wait(60)[1..]}}""");
    }

    private static IEnumerable<HistoryKind> Tasks()
    {
        yield return new("task", Machines.Task("step")) { Input = JsonObject.Create(("n", 1)) };
        yield return new("task-failing", Machines.Task("broken"));
        yield return new("task-caught", Machines.Catch.Replace(Requests.Function("work"), Requests.Function("broken"), StringComparison.Ordinal).Replace("\"Bad\"", "\"Broken\"", StringComparison.Ordinal));
        yield return new("task-retried", Machines.Task("busy", Retry(3)));
        yield return new("task-retried-in-vain", Machines.Task("broken", Retry(2)));
        yield return new("task-out-of-time", Machines.Task("slow", ",\"TimeoutSeconds\":2"));
        yield return new("lambda-invoke", Invoke("step", string.Empty)) { Input = JsonObject.Create(("n", 1)) };
        yield return new("lambda-invoke-failing", Invoke("broken", string.Empty));
        yield return new("sequence", Machines.Sequence(10));
        yield return new("payload", Machines.Sequence(3)) { Input = new JsonString(new('x', 250 * 1024)) };
        yield return new("payload-too-large", Machines.Task("large")) { Input = 263_000 };
    }

    private static IEnumerable<HistoryKind> Branches()
    {
        yield return new("parallel", Machines.Parallel) { IsConcurrent = true };
        yield return new("map", Machines.Map) { Input = Numbers(6), IsConcurrent = true };
        yield return new("map-empty", Machines.Map) { Input = JsonArray.Empty };
        yield return new("map-failing", Machines.Map.Replace("\"MaxConcurrency\":2", "\"MaxConcurrency\":1", StringComparison.Ordinal).Replace(Requests.Function("item"), Requests.Function("odd"), StringComparison.Ordinal))
        {
            Input = Numbers(3),
        };
    }

    private static IEnumerable<HistoryKind> FromOutside()
    {
        yield return new("token", Token()) { Meanwhile = static run => run.CompleteTokenAsync(Succeed, ("output", "\"ok\"")) };
        yield return new("token-failed", Token()) { Meanwhile = static run => run.CompleteTokenAsync("SendTaskFailure", ("error", "Refused"), ("cause", "No.")) };
        yield return new("token-out-of-time", Token(",\"TimeoutSeconds\":2")) { Meanwhile = static run => run.KeepTokenAsync() };
        yield return new("token-without-heartbeat", Token(",\"HeartbeatSeconds\":2"))
        {
            Meanwhile = static run => run.CompleteTokenAsync("SendTaskHeartbeat"),
        };
        yield return new("activity", Activity("one")) { Meanwhile = static run => run.WorkAsync(ActivityArn("one"), Succeed, ("output", "\"done\"")) };
        yield return new("activity-failed", Activity("two")) { Meanwhile = static run => run.WorkAsync(ActivityArn("two"), "SendTaskFailure", ("error", "Refused")) };
        yield return new("activity-out-of-time", Activity("three", ",\"TimeoutSeconds\":2")) { Meanwhile = static run => run.TakeAsync(ActivityArn("three")) };
        yield return new("stopped", Machines.Wait(600)) { Meanwhile = static run => run.StopAsync("WaitStateEntered") };
        yield return new("stopped-in-a-task", Machines.Task("slow")) { Meanwhile = static run => run.StopAsync("LambdaFunctionStarted") };
        yield return new("redriven", $$"""
            {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"{{Requests.Function("a")}}","Next":"M"},
             "M":{"Type":"Task","Resource":"{{Requests.Function("mended")}}","End":true} } }
            """) { Meanwhile = static run => run.RedriveAsync() };
    }

    private static IEnumerable<HistoryKind> Nested()
    {
        yield return Started("nested", string.Empty, Machines.Pass);
        yield return Started("nested-sync", ".sync", Machines.Pass);
        yield return Started("nested-sync2", ".sync:2", Machines.Sequence(2));
        yield return Started("nested-sync2-failing", ".sync:2", Machines.Fail);
    }

    private static IEnumerable<HistoryKind> MapRuns()
    {
        yield return new("map-run", Machines.DistributedMap) { Input = Numbers(5) };
        yield return new("map-run-failing", Machines.DistributedMap.Replace(Requests.Function("item"), Requests.Function("broken"), StringComparison.Ordinal)) { Input = Numbers(1) };
        yield return new("map-run-tolerant", Machines.DistributedMap.Replace(Requests.Function("item"), Requests.Function("odd"), StringComparison.Ordinal)
            .Replace("\"MaxConcurrency\":2", "\"MaxConcurrency\":2,\"ToleratedFailurePercentage\":50", StringComparison.Ordinal))
        { Input = Numbers(4) };
        yield return new("map-run-express", Machines.DistributedMap.Replace("\"STANDARD\"", "\"EXPRESS\"", StringComparison.Ordinal)) { Input = Numbers(5) };
    }

    /// <summary>The ARN of the activity of a kind.</summary>
    private static string ActivityArn(string name) => $"arn:aws:states:{Account}:activity:{name}";

    /// <summary>The activities that the kinds use.</summary>
    public static IReadOnlyList<string> Activities { get; } = ["one", "two", "three"];

    private static string Activity(string name, string more = "") =>
        $$"""{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"{{ActivityArn(name)}}"{{more}},"End":true} } }""";

    private static string Token(string more = "") => $$"""
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
          "Parameters":{"FunctionName":"{{Requests.Function("token")}}","Payload":{"token.$":"$$.Task.Token"} }{{more}},"End":true} } }
        """;

    private static string Invoke(string function, string more) => $$"""
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
          "Parameters":{"FunctionName":"{{Requests.Function(function)}}","Payload.$":"$"}{{more}},"End":true} } }
        """;

    private static string Retry(int attempts) => $$""","Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":1,"BackoffRate":1,"MaxAttempts":{{attempts}}}]""";

    private static HistoryKind Started(string name, string suffix, string child) => new(name, $$"""
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution{{suffix}}",
          "Parameters":{"StateMachineArn":"arn:aws:states:{{Account}}:stateMachine:{{name}}-child","Name":"inner","Input":{"n":1} },"End":true} } }
        """) { Child = child };

    private static JsonArray Numbers(int count) => JsonArray.From(Enumerable.Range(0, count).Select(static n => (JsonValue)n));
}
