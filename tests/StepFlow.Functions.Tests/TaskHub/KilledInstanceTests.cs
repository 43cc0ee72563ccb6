using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Functions.Executions;
using StepFlow.Hosting.Compliance;
using StepFlow.Runtime.Ports;
using StepFlow.Testing;

namespace StepFlow.Functions.Tests.TaskHub;

/// <summary>
/// Two instances of the app as processes, killed at random (SIGKILL) while executions run: one of them, and every fourth time
/// both at once. Eight times; with the variable
/// <c>STEPFLOW_KILLS</c> as many as its value, and with <c>STEPFLOW_SEED</c> the same victims and moments again: so does
/// <c>scripts/reliability.sh --proof azure-kills</c>.
/// </summary>
public sealed class KilledInstanceTests(AzuriteFixture azurite)
{
    private const string KillsVariable = "STEPFLOW_KILLS";
    private const string SeedVariable = "STEPFLOW_SEED";

    /// <summary>How many activities an instance has in hand at most.</summary>
    private const int InHand = 10;

    /// <summary>Each time of so many, both instances are killed at once.</summary>
    private const int KillsOfAll = 4;

    private static readonly int Kills = Number(KillsVariable) ?? 8;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Executions_WhoseInstancesAreKilled_EndWithWholeHistoriesAndRepeatOnlyWhatWasInFlight()
    {
        int seed = Number(SeedVariable) ?? Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string prefix = AzuriteFixture.UniqueName();
        string hub = prefix.Replace("-", string.Empty, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        var running = new List<Process>();
        int started = 0;
        int killed = 0;
        await TestApp.CreateContainersAsync(azurite.ConnectionString, prefix);
        await using var times = new HubHostFixture(azurite);
        await using HubInstance client = await HubInstance.OpenClientAsync(
            new() { ConnectionString = azurite.ConnectionString, Name = hub, WorkerId = "client" },
            new() { ConnectionString = azurite.ConnectionString, Prefix = prefix });
        AzureExecutionHost host = client.App.Get<AzureExecutionHost>();
        try
        {
            running.Add(await StartAsync(started++));
            running.Add(await StartAsync(started++));
            IReadOnlyList<MixedExecutions> kinds = MixedExecutions.Kinds;
            int tasks = kinds.Sum(kind => kind.Tasks);
            var names = new List<string>();
            for (int kill = 0; kill < Kills; kill++)
            {
                // Before each kill come executions of all kinds; it comes when some of their tasks were called, and before all were.
                int before = Calls().Count;
                string[] round = [.. kinds.Select(kind => $"{kind.Name}-{kill}")];
                names.AddRange(round);
                await Task.WhenAll(round.Select((name, at) => host.StartAsync(Requests.Of(times, name, kinds[at].Definition, kinds[at].Input), Cancelled)));
                int goal = before + random.Next(1, tasks);
                while (Calls().Count < goal)
                {
                    await Task.Delay(20, Cancelled);
                }

                int[] victims = kill % KillsOfAll == KillsOfAll - 1 ? [.. Enumerable.Range(0, running.Count)] : [random.Next(running.Count)];
                killed += victims.Length;
                Array.ForEach(victims, victim => running[victim].Kill());
                foreach (int victim in victims)
                {
                    await running[victim].WaitForExitAsync(Cancelled);
                    running[victim].Dispose();
                    running[victim] = await StartAsync(started++);
                }
            }

            ExecutionRecord?[] ended = await Task.WhenAll(names.Select(name => host.WaitAsync(Requests.Arn(name), Cancelled)));
            Assert.Equal(names.Select((_, at) => kinds[at % kinds.Count].Ends), ended.Select(record => record!.Status));
            foreach (IGrouping<string, string> kind in names.GroupBy(name => name.Split('-')[0]))
            {
                string[] histories = await Task.WhenAll(kind.Select(TypesAsync));
                Assert.Single(histories.Distinct());
            }

            // Each task has run, by one key; again only what a killed instance had in hand.
            IReadOnlyList<string> calls = Calls();
            Assert.Equal(Kills * tasks, calls.Distinct().Count());
            Assert.InRange(calls.Count - calls.Distinct().Count(), 0, InHand * killed);
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
        }

        IReadOnlyList<string> Calls() => [.. new DirectoryInfo(folder.Path).GetFiles().SelectMany(file =>
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

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
