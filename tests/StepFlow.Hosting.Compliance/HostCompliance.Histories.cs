using System.Text;
using System.Text.Json;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Hosting.Compliance;

/// <summary>One execution of nearly everything leaves the same history on every host, event by event.</summary>
public abstract partial class HostCompliance
{
    [Fact]
    public async Task History_OfNearlyEverything_IsTheSameOnEveryHost()
    {
        await using HostFixture fixture = await OpenAsync();
        int attempts = 0;
        fixture.Tasks
            .On("flaky", _ => ++attempts < 3 ? new TaskRejected("Busy", "Try again.") : new TaskCompleted(JsonValue.Parse("""{"attempts":3}""")))
            .On("broken", _ => new TaskRejected("Broken", "By design."))
            .On("item", call => new TaskCompleted(call.Arguments));
        await StartAsync(fixture, "a", Machines.NearlyEverything, JsonValue.Parse("""{"items":[1,2],"kind":"long"}"""));
        await UntilAsync(async () =>
        {
            // From timer to timer: a host may set one only after the clock was moved.
            await fixture.AdvanceToNextAsync();
            return fixture.Tasks.CallsTo("item") == 2;
        });
        ExecutionRecord ended = await EndAsync(fixture, "a");

        Assert.Equal((ExecutionStatus.Failed, "Ended"), (ended.Status, ended.Error));
        Assert.Equal(Golden("nearly-everything.txt"), await HistoryTextAsync(fixture, "a"));
    }

    /// <summary>A history as text, an event a line. Without its times: how long a host takes is its own business.</summary>
    private static async Task<string> HistoryTextAsync(HostFixture fixture, string name)
    {
        var text = new StringBuilder();
        foreach (HistoryEvent entry in await fixture.Host.HistoryAsync(Requests.Arn(name), null, int.MaxValue, reverse: false, Cancellation))
        {
            using var content = new MemoryStream();
            using (var writer = new Utf8JsonWriter(content))
            {
                HistoryEventJson.Write(writer, entry);
            }

            text.Append(((JsonObject)JsonValue.Parse(content.ToArray())).Without("timestamp")).Append('\n');
        }

        return text.ToString();
    }

    private static string Golden(string name)
    {
        using Stream stream = typeof(HostCompliance).Assembly.GetManifestResourceStream($"StepFlow.Hosting.Compliance.Golden.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
