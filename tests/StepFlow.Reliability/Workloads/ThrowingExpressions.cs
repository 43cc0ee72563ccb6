using System.Text.Json.Nodes;

namespace StepFlow.Reliability.Workloads;

/// <summary>Expressions that cannot be evaluated: the state fails, and a Catcher may take it. Others beside them do what they should.</summary>
internal sealed class ThrowingExpressions : IWorkload
{
    private const string Error = "States.QueryEvaluationError";

    private static readonly string[] Expressions =
    [
        "$round($states.input.total / $states.input.count, 2)",
        "$error('Own')",
        "$toMillis('2024-01-01 Z', '[Y]-[M]-[D] [Z|0001]')",
        "$formatNumber(5, '#.#;#;#')",
        "$number('none')",
        "$undefined",
    ];

    private readonly List<string> _machines = [];

    public string Name => "throwing-expressions";

    public async Task PrepareAsync(WorkloadContext context)
    {
        for (int i = 0; i < Expressions.Length; i++)
        {
            string expression = new JsonObject { ["v"] = $"{{% {Expressions[i]} %}}" }.ToJsonString();
            foreach (string first in (string[])["", "\"Before\":{\"Type\":\"Wait\",\"Seconds\":1,\"Next\":\"Throw\"},"])
            {
                foreach (string catcher in (string[])["", ",\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"Caught\"}]"])
                {
                    string type = catcher.Length > 0 ? "\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}]" : "\"Type\":\"Pass\"";
                    string caught = catcher.Length > 0 ? ",\"Caught\":{\"Type\":\"Pass\",\"Output\":\"{% $states.input.Error %}\",\"End\":true}" : string.Empty;
                    string definition = $$"""
                        {"QueryLanguage":"JSONata","StartAt":"{{(first.Length > 0 ? "Before" : "Throw")}}","States":{ {{first}}
                          "Throw":{ {{type}},"Output":{{expression}}{{catcher}},"End":true } {{caught}} } }
                        """;
                    _machines.Add(await context.CreateMachineAsync($"{Name}-{_machines.Count}", definition));
                }
            }
        }
    }

    public Task StartOneAsync(WorkloadContext context, Random random)
    {
        int machine = random.Next(_machines.Count);
        return context.StartAsync(
            Name,
            _machines[machine],
            new JsonObject { ["total"] = 5, ["count"] = 0 },
            machine % 2 == 1 ? Expect.Output(Error) : Expect.End("FAILED", Error));
    }
}
