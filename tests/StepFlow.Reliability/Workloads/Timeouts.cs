using System.Text.Json.Nodes;

namespace StepFlow.Reliability.Workloads;

/// <summary>State machines that are over in one or two seconds, in the middle of a wait, a loop of waits, a Map or a task that hangs.</summary>
internal sealed class Timeouts : IWorkload
{
    private static readonly string[] Ways = ["wait", "waits", "map", "task"];
    private readonly Dictionary<string, string> _machines = [];

    public string Name => "timeouts";

    public async Task PrepareAsync(WorkloadContext context)
    {
        await CreateAsync("wait", """{"Only":{"Type":"Wait","Seconds":3600,"End":true}}""");
        await CreateAsync(
            "waits",
            """
            {"Only":{"Type":"Wait","Seconds":1,"Next":"Again"},
             "Again":{"Type":"Choice","Choices":[{"Variable":"$.items","IsPresent":true,"Next":"Only"}],"Default":"Done"},
             "Done":{"Type":"Succeed"}}
            """);
        await CreateAsync(
            "map",
            """
            {"Only":{"Type":"Map","ItemsPath":"$.items","End":true,
              "ItemProcessor":{"StartAt":"Each","States":{"Each":{"Type":"Wait","Seconds":3600,"End":true}}}}}
            """);
        await CreateAsync(
            "task",
            """
            {"Only":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","End":true,
              "Parameters":{"FunctionName":"work","Payload":{"failures":1000,"how":"hang"}}}}
            """);

        async Task CreateAsync(string way, string states) => _machines[way] =
            await context.CreateMachineAsync($"{Name}-{way}", $$"""{"TimeoutSeconds":2,"StartAt":"Only","States":{{states}}}""");
    }

    public Task StartOneAsync(WorkloadContext context, Random random) => context.StartAsync(
        Name, _machines[Ways[random.Next(Ways.Length)]], new JsonObject { ["items"] = new JsonArray(1, 2, 3) }, Expect.End("TIMED_OUT"));
}
