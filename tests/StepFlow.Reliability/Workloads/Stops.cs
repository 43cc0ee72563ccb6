using System.Text.Json.Nodes;

namespace StepFlow.Reliability.Workloads;

/// <summary>Executions that wait for an hour, and are stopped; and some that are stopped about when they end.</summary>
internal sealed class Stops : IWorkload
{
    private const string Definition =
        """{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","SecondsPath":"$.seconds","Next":"Done"},"Done":{"Type":"Succeed"}}}""";

    private string _machine = string.Empty;

    public string Name => "stops";

    public async Task PrepareAsync(WorkloadContext context) => _machine = await context.CreateMachineAsync(Name, Definition);

    public async Task StartOneAsync(WorkloadContext context, Random random)
    {
        bool isRace = random.Next(3) == 0;
        var input = new JsonObject { ["seconds"] = isRace ? 1 : 3600 };
        string cause = $"Asked for by {random.Next()}.";
        int after = isRace ? random.Next(900, 1100) : random.Next(1500);

        // The first one in a race wins; a stop that comes too late changes nothing.
        string arn = await context.StartAsync(Name, _machine, input, execution => execution.Status switch
        {
            "ABORTED" => Expect.End("ABORTED", "Enough", cause)(execution),
            _ when isRace => Expect.Output(input)(execution),
            _ => Expect.End("ABORTED")(execution),
        });
        context.Later(async () =>
        {
            await Task.Delay(after, context.Cancellation);
            await context.StopAsync(arn, "Enough", cause);
        });
    }
}
