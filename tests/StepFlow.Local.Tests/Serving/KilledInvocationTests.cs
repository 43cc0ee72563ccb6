using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Serving;

/// <summary>The server is killed after it acknowledged a call of a function whose result is not awaited (<c>InvocationType</c> <c>Event</c>).</summary>
public sealed class KilledInvocationTests : IDisposable
{
    private const string Executions = "api/statemachines/send/executions";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Serve_KilledAfterTheAcknowledgement_CallsTheFunctionAgain()
    {
        using (ServerProcess server = await StartAsync())
        {
            await server.PostAsync(Executions, JsonObject.Create(("input", """{"n":7}"""), ("name", "one")), Cancellation);
            await UntilAsync(async () => (await EventsAsync(server)).Contains("ExecutionSucceeded") && Calls() == 1);
            await server.KillAsync(Cancellation);
        }

        // Only the call that the next server makes may succeed.
        await File.WriteAllTextAsync(Notes("go"), string.Empty, Cancellation);
        using (ServerProcess server = await StartAsync())
        {
            await UntilAsync(() => Task.FromResult(Calls() == 2 && File.Exists(Notes("ended"))));
            Assert.Equal("""{"n":7}""", (await File.ReadAllTextAsync(Notes("ended"), Cancellation)).Trim());
        }
    }

    private Task<ServerProcess> StartAsync()
    {
        string machines = Directory.CreateDirectory(Notes("machines")).FullName;
        File.WriteAllText(Path.Combine(machines, "send.asl.json"), """
            {"StartAt":"Send","States":{"Send":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"note","InvocationType":"Event","Payload.$":"$"},"End":true}}}
            """);

        // The first call ends, without success, when its server has; a later one finds "go".
        string configuration = _folder.File("stepflow.json", JsonObject.Create(
            ("StateMachines", JsonObject.Create(("Folder", machines))),
            ("Functions", JsonObject.Create(("note", JsonObject.Create(
                ("Command", "/bin/sh"),
                ("Arguments", JsonArray.Create("-c", $$"""
                    input=$(cat); echo called >>"{{_folder.Path}}/calls"
                    if [ ! -e "{{_folder.Path}}/go" ]; then while kill -0 "$PPID" 2>/dev/null; do sleep 0.02; done; exit 1; fi
                    printf '%s' "$input" >"{{_folder.Path}}/ended.new"; mv "{{_folder.Path}}/ended.new" "{{_folder.Path}}/ended"; echo null
                    """))))))).ToString());
        return ServerProcess.StartAsync(Notes("data"), configuration, Cancellation);
    }

    private string Notes(string name) => Path.Combine(_folder.Path, name);

    private int Calls() => File.Exists(Notes("calls")) ? File.ReadAllLines(Notes("calls")).Length : 0;

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
}
