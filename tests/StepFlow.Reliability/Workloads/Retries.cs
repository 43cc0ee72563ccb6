using System.Text.Json.Nodes;

namespace StepFlow.Reliability.Workloads;

/// <summary>
/// Three tasks, one after the other, whose first attempts fail in every way a function can: an error, a 503, a response that is not
/// JSON, a dropped connection, no response at all.
/// </summary>
internal sealed class Retries : IWorkload
{
    private static readonly string[] Ways = ["error", "unavailable", "garbage", "drop", "hang"];

    private string _machine = string.Empty;

    public string Name => "retries";

    public async Task PrepareAsync(WorkloadContext context) => _machine = await context.CreateMachineAsync(
        Name, $$$"""{"StartAt":"First","States":{{{{State("First", "\"Next\":\"Second\"")}}},{{{State("Second", "\"Next\":\"Third\"")}}},{{{State("Third", "\"End\":true")}}}}}""");

    public Task StartOneAsync(WorkloadContext context, Random random)
    {
        var input = new JsonObject();
        foreach (string state in (string[])["First", "Second", "Third"])
        {
            input[state] = new JsonObject
            {
                ["value"] = $"{state} {random.Next()}",
                ["failures"] = random.Next(4) == 0 ? random.Next(1, 3) : 0,
                ["how"] = Ways[random.Next(Ways.Length)],
                ["delayMs"] = random.Next(30),
            };
        }

        var output = (JsonObject)input.DeepClone();
        foreach (string state in (string[])["First", "Second", "Third"])
        {
            output[state + "Result"] = new JsonObject { ["value"] = input[state]!["value"]!.DeepClone() };
        }

        return context.StartAsync(Name, _machine, input, Expect.Output(output));
    }

    private static string State(string name, string next) => $$"""
        "{{name}}":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","TimeoutSeconds":2,
          "Parameters":{"FunctionName":"work","Payload.$":"$.{{name}}"},
          "ResultSelector":{"value.$":"$.Payload"},"ResultPath":"$.{{name}}Result",
          "Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":1,"BackoffRate":1,"MaxAttempts":30}],{{next}}}
        """;
}
