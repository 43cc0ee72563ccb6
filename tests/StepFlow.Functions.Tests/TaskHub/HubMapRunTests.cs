using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using StepFlow.Execution;
using StepFlow.Functions.Executions;

using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Ports;
using StepFlow.Testing;

namespace StepFlow.Functions.Tests.TaskHub;

/// <summary>Distributed Maps on the durable back end itself, with two instances of the app.</summary>
public sealed class HubMapRunTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("EXPRESS", 4000)]
    [InlineData("STANDARD", 150)]
    public async Task Run_OnTwoInstances_SharesTheWorkAndWritesEachItemOnce(string type, int items)
    {
        await using var fixture = new HubHostFixture(azurite, workers: 2);
        fixture.Tasks.On("work", async (call, cancellation) =>
        {
            // Long enough that one instance alone does not take everything before the other polls.
            await Task.Delay(20, cancellation);
            return new TaskCompleted(call.Arguments);
        });
        await fixture.StartAsync();
        MapRunFiles files = await MapRunFiles.CreateAsync(azurite.ConnectionString, items, Cancelled);
        await fixture.Host.StartAsync(Requests.Of(fixture, "run", Definition(type, files, 64), JsonObject.Empty), Cancelled);
        ExecutionRecord ended = (await fixture.Host.WaitAsync(Requests.Arn("run"), Cancelled))!;

        Assert.Equal((ExecutionStatus.Succeeded, null), (ended.Status, ended.Cause));
        Assert.Equal(Enumerable.Range(0, items), await files.RowsAsync("SUCCEEDED", Cancelled));
        Assert.All(fixture.RunByInstance, static count => Assert.NotEqual(0, count));
        MapRunRecord run = await FindRunAsync(fixture.App.Get<IMapRuns>());
        Assert.Equal(new MapRunCounts { Succeeded = items, ResultsWritten = items }, run.Items);
        Assert.Equal(run.Items, run.Executions);
    }

    [Fact]
    public async Task Run_WhoseInstancesAreKilled_LosesNoItemAndWritesNoneTwice()
    {
        const int Items = 3000;
        string prefix = AzuriteFixture.UniqueName();
        string hub = prefix.Replace("-", string.Empty, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        var running = new List<Process>();
        await TestApp.CreateContainersAsync(azurite.ConnectionString, prefix);
        await using var times = new HubHostFixture(azurite);
        await using HubInstance client = await HubInstance.OpenClientAsync(
            new() { ConnectionString = azurite.ConnectionString, Name = hub, WorkerId = "client" },
            new() { ConnectionString = azurite.ConnectionString, Prefix = prefix });
        MapRunFiles files = await MapRunFiles.CreateAsync(azurite.ConnectionString, Items, Cancelled);
        try
        {
            running.Add(await StartAsync(0));
            running.Add(await StartAsync(1));
            AzureExecutionHost host = client.App.Get<AzureExecutionHost>();
            await host.StartAsync(Requests.Of(times, "run", Definition("EXPRESS", files, 64), JsonObject.Empty), Cancelled);
            Task<ExecutionRecord?> end = host.WaitAsync(Requests.Arn("run"), Cancelled);
            for (int kill = 0; kill < 2 && !end.IsCompleted; kill++)
            {
                int goal = Calls() + (Items / 4);
                while (Calls() < goal && !end.IsCompleted)
                {
                    await Task.Delay(20, Cancelled);
                }

                running[kill].Kill();
                await running[kill].WaitForExitAsync(Cancelled);
                running[kill] = await StartAsync(kill + 2);
            }

            ExecutionRecord ended = (await end.WaitAsync(TimeSpan.FromMinutes(5), Cancelled))!;

            Assert.Equal((ExecutionStatus.Succeeded, null), (ended.Status, ended.Cause));
            Assert.Equal(Enumerable.Range(0, Items), await files.RowsAsync("SUCCEEDED", Cancelled));
            MapRunRecord run = await FindRunAsync(client.App.Get<IMapRuns>());
            Assert.Equal(new MapRunCounts { Succeeded = Items, ResultsWritten = Items }, run.Items);
            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Calls() - Items} children ran again"));
        }
        finally
        {
            foreach (Process process in running)
            {
                process.Kill();
                process.Dispose();
            }
        }

        int Calls() => new DirectoryInfo(folder.Path).GetFiles().Sum(static file =>
        {
            using FileStream stream = new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd().Count(static c => c == '\n');
        });

        async Task<Process> StartAsync(int number)
        {
            var settings = new InstanceSettings
            {
                ConnectionString = azurite.ConnectionString,
                Hub = hub,
                Prefix = prefix,
                WorkerId = $"process-{number}",
                CallLog = folder.PathOf(number.ToString(CultureInfo.InvariantCulture)),
                Visibility = TimeSpan.FromSeconds(20),
            };
            Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(HubInstance).Assembly.Location, JsonSerializer.Serialize(settings)])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }.WithoutDiagnostics())!;
            Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(Cancelled));
            return process;
        }
    }

    private static async Task<MapRunRecord> FindRunAsync(IMapRuns runs) =>
        Assert.Single(await (await runs.SavedAsync(Cancelled)).ByExecution.ListAsync(MapRunStore.Prefix(Requests.Arn("run")), null, 2, Cancelled)).Value;

    private static string Definition(string type, MapRunFiles files, int concurrency) => string.Create(CultureInfo.InvariantCulture, $$$"""
        {"StartAt":"M","States":{"M":{"Type":"Map",{{{files.Fields}}},"MaxConcurrency":{{{concurrency}}},"End":true,"ItemProcessor":{
          "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"{{{type}}}"},
          "StartAt":"I","States":{"I":{"Type":"Task","Resource":"{{{Requests.Function("work")}}}","End":true} } } } } }
        """);
}
