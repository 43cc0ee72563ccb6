using System.Globalization;
using System.Text.Json.Nodes;

namespace StepFlow.Reliability.Workloads;

/// <summary>Waits until a moment that is due about when the execution is stored, and waits of seconds.</summary>
/// <param name="isShort">Until 5–40 ms from now; otherwise for 1–5 s.</param>
internal sealed class Waits(bool isShort) : IWorkload
{
    private string _machine = string.Empty;

    public string Name => isShort ? "short-waits" : "long-waits";

    public async Task PrepareAsync(WorkloadContext context) => _machine = await context.CreateMachineAsync(Name, isShort
        ? """{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","TimestampPath":"$.until","Next":"Done"},"Done":{"Type":"Succeed"}}}"""
        : """{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","SecondsPath":"$.seconds","Next":"Done"},"Done":{"Type":"Succeed"}}}""");

    public Task StartOneAsync(WorkloadContext context, Random random)
    {
        var input = isShort
            ? new JsonObject { ["until"] = DateTime.UtcNow.AddMilliseconds(random.Next(5, 41)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) }
            : new JsonObject { ["seconds"] = random.Next(1, 6) };
        return context.StartAsync(Name, _machine, input, Expect.Output(input));
    }
}
