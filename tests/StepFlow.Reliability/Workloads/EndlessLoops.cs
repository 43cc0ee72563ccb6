using System.Text.Json.Nodes;

namespace StepFlow.Reliability.Workloads;

/// <summary>Loops of Pass and Choice without an end, each stopped after a while. One in eight, and one at a time: they take what they are given, and write a million events a second.</summary>
internal sealed class EndlessLoops : IWorkload
{
    private const string Definition = """
        {"StartAt":"Go","States":{
          "Go":{"Type":"Pass","Next":"On"},
          "On":{"Type":"Choice","Choices":[{"Variable":"$.go","BooleanEquals":true,"Next":"Go"}],"Default":"Done"},
          "Done":{"Type":"Succeed"}}}
        """;

    private const int AtATime = 1;

    private string _machine = string.Empty;
    private int _running;

    public string Name => "endless-loops";

    public async Task PrepareAsync(WorkloadContext context) => _machine = await context.CreateMachineAsync(Name, Definition);

    public async Task StartOneAsync(WorkloadContext context, Random random)
    {
        int after = random.Next(100, 1000);
        if (random.Next(8) > 0)
        {
            return;
        }

        if (Interlocked.Increment(ref _running) > AtATime)
        {
            Interlocked.Decrement(ref _running);
            return;
        }

        string arn = await StartAsync(context);
        context.Later(async () =>
        {
            await Task.Delay(after, context.Cancellation);
            await context.StopAsync(arn, "Enough", "It would never end.");
            Interlocked.Decrement(ref _running);
        });
    }

    /// <summary>Starts one that another client stops, with the error <c>Enough</c>.</summary>
    public Task<string> StartAsync(WorkloadContext context) =>
        context.StartAsync(Name, _machine, new JsonObject { ["go"] = true }, Expect.End("ABORTED", "Enough"));
}
