using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Functions.Executions;
using StepFlow.Hosting.Compliance;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Tests.TaskHub;

/// <summary>Two instances of the app as processes, killed at random (SIGKILL) while executions run.</summary>
public sealed class KilledInstanceTests(AzuriteFixture azurite)
{
    private const int Kills = 8;
    private const int OfEach = 10;

    /// <summary>So many more calls of tasks come between two kills.</summary>
    private const int CallsBetweenKills = 15;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Executions_WhoseInstancesAreKilled_EndWithWholeHistoriesAndRepeatOnlyWhatWasInFlight()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string prefix = AzuriteFixture.UniqueName();
        string hub = prefix.Replace("-", string.Empty, StringComparison.Ordinal);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("stepflow-killed-");
        var running = new List<Process>();
        await TestApp.CreateContainersAsync(azurite.ConnectionString, prefix);
        await using var times = new HubHostFixture(azurite);
        await using HubInstance client = await HubInstance.OpenClientAsync(
            new() { ConnectionString = azurite.ConnectionString, Name = hub, WorkerId = "client" },
            new() { ConnectionString = azurite.ConnectionString, Prefix = prefix });
        AzureExecutionHost host = client.App.Get<AzureExecutionHost>();
        try
        {
            running.Add(await StartAsync(0));
            running.Add(await StartAsync(1));
            (string Name, string Definition, JsonValue Input)[] kinds =
            [
                ("sequence", Machines.Sequence(12), JsonObject.Empty),
                ("parallel", Machines.Parallel, JsonObject.Empty),
                ("map", Machines.Map, JsonArray.From(Enumerable.Range(0, 6).Select(n => (JsonValue)n))),
                ("wait", Machines.Wait(3), JsonObject.Empty),
            ];
            string[] names = [.. kinds.SelectMany(kind => Enumerable.Range(0, OfEach).Select(number => $"{kind.Name}-{number}"))];
            await Task.WhenAll(names.Select((name, at) =>
                host.StartAsync(Requests.Of(times, name, kinds[at / OfEach].Definition, kinds[at / OfEach].Input), Cancelled)));
            Task<ExecutionRecord?[]> ends = Task.WhenAll(names.Select(name => host.WaitAsync(Requests.Arn(name), Cancelled)));
            for (int kill = 0; kill < Kills && !ends.IsCompleted; kill++)
            {
                int goal = Calls().Count + CallsBetweenKills;
                while (Calls().Count < goal && !ends.IsCompleted)
                {
                    await Task.Delay(20, Cancelled);
                }

                int victim = random.Next(running.Count);
                running[victim].Kill();
                await running[victim].WaitForExitAsync(Cancelled);
                running[victim] = await StartAsync(kill + 2);
            }

            ExecutionRecord?[] ended = await ends.WaitAsync(TimeSpan.FromMinutes(5), Cancelled);

            Assert.All(ended, record => Assert.Equal(ExecutionStatus.Succeeded, record!.Status));
            foreach (IGrouping<string, string> kind in names.GroupBy(name => name.Split('-')[0]))
            {
                string[] histories = await Task.WhenAll(kind.Select(TypesAsync));
                Assert.Single(histories.Distinct());
            }

            // Each task has run, by one key; again only what a killed instance had in hand: ten activities at most.
            IReadOnlyList<string> calls = Calls();
            Assert.Equal(OfEach * (12 + 2 + 6), calls.Distinct().Count());
            Assert.InRange(calls.Count - calls.Distinct().Count(), 0, 10 * Kills);
            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{calls.Distinct().Count()} tasks, {calls.Count - calls.Distinct().Count()} of them again"));
        }
        finally
        {
            foreach (Process process in running)
            {
                process.Kill();
                process.Dispose();
            }

            folder.Delete(recursive: true);
        }

        IReadOnlyList<string> Calls() => [.. folder.GetFiles().SelectMany(file =>
        {
            using FileStream stream = new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        })];

        async Task<string> TypesAsync(string name)
        {
            HistoryPage events = await host.HistoryAsync(Requests.Arn(name), null, int.MaxValue, reverse: false, Cancelled);
            Assert.Equal(Enumerable.Range(1, events.Count).Select(id => (long)id), events.Select(e => e.Id));
            return string.Join(',', events.Select(e => e.Type).Order());
        }

        async Task<Process> StartAsync(int number)
        {
            var settings = new InstanceSettings
            {
                ConnectionString = azurite.ConnectionString,
                Hub = hub,
                Prefix = prefix,
                WorkerId = $"process-{number}",
                CallLog = Path.Combine(folder.FullName, number.ToString(CultureInfo.InvariantCulture)),
                Visibility = TimeSpan.FromSeconds(20),
            };
            Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(HubInstance).Assembly.Location, JsonSerializer.Serialize(settings)])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(Cancelled));
            return process;
        }
    }
}
