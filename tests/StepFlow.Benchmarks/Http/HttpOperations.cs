using StepFlow.Benchmarks.Peers;
using StepFlow.Language.Json;

namespace StepFlow.Benchmarks.Http;

/// <summary>
/// Operations of the AWS protocol over loopback HTTP, server and clients on the same cores, against a bare echo of the same
/// server in the same run (what HTTP itself costs), and durable starts against DBOS behind HTTP.
/// </summary>
internal sealed class HttpOperations : IBenchmark
{
    private const string Sync = "http-start-sync";
    private const string Standard = "http-start-standard";
    private const string Describe = "http-describe";
    private const string StandardAgainstDbos = "http-start-standard-dbos";
    private const int Concurrency = 64;
    private const int Turns = 5;

    /// <summary>Until the runtime has compiled the code that is called most for good.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    private const string FiveStates = """
        {"StartAt":"A","States":{
          "A":{"Type":"Pass","Parameters":{"n.$":"$.n"},"Next":"B"},
          "B":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericGreaterThan":0,"Next":"C"}],"Default":"E"},
          "C":{"Type":"Pass","Result":{"done":true},"ResultPath":"$.c","Next":"D"},
          "D":{"Type":"Pass","OutputPath":"$.c","Next":"E"},
          "E":{"Type":"Succeed"} } }
        """;

    public IReadOnlyList<string> Names { get; } = [Sync, Standard, StandardAgainstDbos, Describe];

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        TimeSpan time = TimeSpan.FromSeconds(run.IsShort ? 2 : 10);
        await using HttpServer server = await HttpServer.StartAsync();
        using var client = new HttpLoad(server.Address, server.Echo, Concurrency);
        string express = await CreateAsync(client, "express", "EXPRESS");
        string standard = await CreateAsync(client, "standard", "STANDARD");
        JsonObject started = await client.CallAsync("StartExecution", Start(standard));
        JsonObject described = JsonObject.Create(("executionArn", started["executionArn"]!));

        var figures = new List<Figure>();
        foreach ((string name, string operation, JsonObject request) in new[]
        {
            (Sync, "StartSyncExecution", Start(express)),
            (Standard, "StartExecution", Start(standard)),
            (Describe, "DescribeExecution", described),
        })
        {
            if (run.IsChosen(name))
            {
                await client.CompareAsync(operation, request, WarmUp, 1);
                (LoadResult ours, LoadResult echo) = await client.CompareAsync(operation, request, time, Turns);
                figures.Add(new Figure(name, ours.PerSecond, echo.PerSecond, "calls/s"));
                figures.Add(new Figure(name + "-cpu", ours.Cpu, echo.Cpu, "us/call") { LessIsBetter = true });
                figures.Add(new Figure(name + "-p50", ours.P50, echo.P50, "ms") { LessIsBetter = true });
                figures.Add(new Figure(name + "-p99", ours.P99, echo.P99, "ms") { LessIsBetter = true });
            }
        }

        if (run.IsChosen(StandardAgainstDbos))
        {
            LoadResult ours = await client.RunAsync("StartExecution", Start(standard), time);
            figures.Add(new Figure(StandardAgainstDbos, ours.PerSecond, await DbosPeer.MeasureStartsAsync(Concurrency, time), "calls/s"));
        }

        return figures;
    }

    private static JsonObject Start(string arn) => JsonObject.Create(("stateMachineArn", arn), ("input", "{\"n\":1}"));

    private static async Task<string> CreateAsync(HttpLoad client, string name, string type) => ((JsonString)(await client.CallAsync(
        "CreateStateMachine",
        JsonObject.Create(("name", name), ("definition", FiveStates), ("roleArn", "arn:aws:iam::123456789012:role/bench"), ("type", type))))["stateMachineArn"]!).Value;
}
