using System.Globalization;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Serving;

/// <summary>The server is killed while a job runs, and is started again; and a job whose execution is stopped.</summary>
public sealed class KilledJobTests : IDisposable
{
    private const string Executions = "api/statemachines/encode/executions";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private int[] Starts => File.Exists(Notes("starts")) ? [.. File.ReadAllLines(Notes("starts")).Select(static line => int.Parse(line, CultureInfo.InvariantCulture))] : [];

    public void Dispose()
    {
        File.WriteAllText(Notes("go"), string.Empty);
        _folder.Dispose();
    }

    [Fact]
    public async Task Serve_KilledWhileAJobRuns_FindsItAgainAndDoesNotStartItTwice()
    {
        using (ServerProcess server = await StartAsync())
        {
            await server.PostAsync(Executions, JsonObject.Create(("input", "{}"), ("name", "one")), Cancellation);
            await UntilAsync(() => Task.FromResult(Starts.Length == 1));
            await UntilAsync(async () => (await EventsAsync(server)).Contains("TaskSubmitted"));
            await server.KillAsync(Cancellation);
        }

        Assert.True(Runs(Starts.Single()));
        using (ServerProcess server = await StartAsync())
        {
            await File.WriteAllTextAsync(Notes("go"), string.Empty, Cancellation);
            await UntilAsync(async () => (await EventsAsync(server)).Contains("ExecutionSucceeded"));

            Assert.Equal(
                ["ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded", "TaskStateExited", "ExecutionSucceeded"],
                await EventsAsync(server));
        }

        Assert.Single(Starts);
    }

    [Fact]
    public async Task Execution_StoppedAfterARestart_StopsItsJob()
    {
        using (ServerProcess server = await StartAsync())
        {
            await server.PostAsync(Executions, JsonObject.Create(("input", "{}"), ("name", "one")), Cancellation);
            await UntilAsync(() => Task.FromResult(Starts.Length == 1));
            await server.StopAsync(Cancellation);
        }

        Assert.True(Runs(Starts.Single()));
        using (ServerProcess server = await StartAsync())
        {
            await server.PostAsync($"{Executions}/one/stop", JsonObject.Empty, Cancellation);
            await UntilAsync(() => Task.FromResult(!Runs(Starts.Single()) && Directory.GetFiles(Notes("data"), "exit", SearchOption.AllDirectories).Length == 1));
        }
    }

    private Task<ServerProcess> StartAsync()
    {
        string machines = Directory.CreateDirectory(Notes("machines")).FullName;
        File.WriteAllText(Path.Combine(machines, "encode.asl.json"), """
            {"StartAt":"Encode","States":{"Encode":{"Type":"Task","Resource":"arn:aws:states:::ecs:runTask.sync","Parameters":{"TaskDefinition":"encode"},"End":true}}}
            """);
        string configuration = _folder.File("stepflow.json", JsonObject.Create(
            ("StateMachines", JsonObject.Create(("Folder", machines))),
            ("Jobs", JsonObject.Create(("encode", JsonObject.Create(
                ("Command", "/bin/sh"),
                ("Arguments", JsonArray.Create("-c", """printf '%s\n' "$$" >>"$NOTES/starts"; while [ -d "$NOTES" ] && [ ! -e "$NOTES/go" ]; do sleep 0.02; done""")),
                ("Environment", JsonObject.Create(("NOTES", _folder.Path)))))))).ToString());
        return ServerProcess.StartAsync(Notes("data"), configuration, Cancellation);
    }

    private string Notes(string name) => Path.Combine(_folder.Path, name);

    private static async Task<string[]> EventsAsync(ServerProcess server)
    {
        JsonObject page = await server.GetAsync($"{Executions}/one/history", Cancellation);
        return [.. ((JsonArray)page["events"]!).Select(static one => ((JsonString)((JsonObject)one)["type"]!).Value)];
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            // Real time on purpose: other processes work.
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
        }
    }

    private static bool Runs(int process)
    {
        try
        {
            return !System.Diagnostics.Process.GetProcessById(process).HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
