using StepFlow.Language.Json;
using StepFlow.Local.Serving;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Serving;

/// <summary>Execution logs that a machine's configuration requests are in the data folder.</summary>
public sealed class FileLogSinkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("arn:aws:logs:us-east-1:123456789012:log-group:/aws/vendedlogs/states/order:*", "aws-vendedlogs-states-order.jsonl")]
    [InlineData("arn:aws:logs:us-east-1:123456789012:log-group:../../etc:*", "-..-etc.jsonl")]
    [InlineData("arn:aws:logs:us-east-1:123456789012:log-group:/:*", "executions.jsonl")]
    [InlineData("nothing", "executions.jsonl")]
    [InlineData(null, "executions.jsonl")]
    public void FileName_OfALogGroup_StaysInTheFolder(string? group, string name) => Assert.Equal(name, FileLogSink.FileName(group));

    [Theory]
    [InlineData("ALL", "ExecutionStarted PassStateEntered PassStateExited ExecutionSucceeded")]
    [InlineData("OFF", null)]
    public async Task Log_OfAMachine_IsWrittenAtItsLevel(string level, string? types)
    {
        string data = Path.Combine(_folder.Path, "data");
        using (ServerProcess server = await ServerProcess.StartAsync(data, _folder.File("stepflow.json", "{}"), Cancelled))
        {
            JsonObject machine = (JsonObject)JsonValue.Parse($$$$"""
                {"name":"m","roleArn":"arn:aws:iam::123456789012:role/r","definition":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},
                 "loggingConfiguration":{"level":"{{{{level}}}}","includeExecutionData":false,
                  "destinations":[{"cloudWatchLogsLogGroup":{"logGroupArn":"arn:aws:logs:us-east-1:123456789012:log-group:orders:*"}}]}}
                """);
            await server.PostAsync("api/statemachines", machine, Cancelled);
            await server.PostAsync("api/statemachines/m/executions", JsonObject.Create(("name", "one"), ("input", "{\"secret\":1}")), Cancelled);
            while (((JsonString)(await server.GetAsync("api/statemachines/m/executions/one", Cancelled))["status"]!).Value == "RUNNING")
            {
                // Real time on purpose: another process works.
                await Task.Delay(TimeSpan.FromMilliseconds(20), Cancelled);
            }

            await server.StopAsync(Cancelled);
        }

        string file = Path.Combine(data, "logs", "orders.jsonl");
        Assert.Equal(types is not null, File.Exists(file));
        if (types is not null)
        {
            string[] lines = await File.ReadAllLinesAsync(file, Cancelled);
            Assert.Equal(types.Split(' '), lines.Select(line => ((JsonString)((JsonObject)JsonValue.Parse(line))["type"]!).Value));
            Assert.DoesNotContain("secret", string.Concat(lines), StringComparison.Ordinal);
        }
    }
}
