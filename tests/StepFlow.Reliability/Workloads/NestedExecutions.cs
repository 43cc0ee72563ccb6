using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;

namespace StepFlow.Reliability.Workloads;

/// <summary>Executions that start one other: and wait for its end or not, named or not, by the optimised and the SDK integration.</summary>
internal sealed class NestedExecutions : IWorkload
{
    private const string Child = "nested-child";

    private const string ChildDefinition =
        """{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","SecondsPath":"$.seconds","Next":"Done"},"Done":{"Type":"Pass","OutputPath":"$.value","End":true}}}""";

    private static readonly string[] Resources =
        ["states:startExecution.sync:2", "states:startExecution.sync", "states:startExecution", "aws-sdk:sfn:startExecution"];

    private readonly Dictionary<string, string> _machines = [];
    private string _child = string.Empty;
    private int _started;

    public string Name => "nested";

    public async Task PrepareAsync(WorkloadContext context)
    {
        _child = await context.CreateMachineAsync(Child, ChildDefinition);
        context.ExpectChildren(Child);
        foreach (string resource in Resources)
        {
            foreach (string name in (string[])["", ",\"Name.$\":\"$$.Execution.Name\""])
            {
                string definition = $$$$$"""
                    {"StartAt":"Start","States":{"Start":{"Type":"Task","Resource":"arn:aws:states:::{{{{{resource}}}}}","End":true,
                      "Parameters":{"StateMachineArn":"{{{{{_child}}}}}","Input.$":"{{{{{(resource.StartsWith("aws", StringComparison.Ordinal) ? "States.JsonToString($)" : "$")}}}}}"{{{{{name}}}}}}}}}
                    """;
                string machine = $"nested-{resource.Replace(':', '-').Replace('.', '-')}{(name.Length > 0 ? "-named" : string.Empty)}";
                _machines[machine] = await context.CreateMachineAsync(machine, definition);
            }
        }
    }

    public async Task StartOneAsync(WorkloadContext context, Random random)
    {
        string machine = _machines.Keys.Order(StringComparer.Ordinal).ElementAt(random.Next(_machines.Count));
        var input = new JsonObject { ["seconds"] = random.Next(0, 4), ["value"] = random.Next() };
        await context.StartAsync(Name, _machines[machine], input, Expect.Succeeds(output =>
        {
            if (!machine.Contains("sync", StringComparison.Ordinal))
            {
                return ((string?)output!["ExecutionArn"] ?? (string?)output["executionArn"]) is { Length: > 0 } ? null : "The output names no execution.";
            }

            JsonNode? own = machine.Contains("sync-2", StringComparison.Ordinal) ? output!["Output"] : JsonNode.Parse((string)output!["Output"]!);
            return JsonNode.DeepEquals(own, input["value"]) ? null : $"The child's output is {own} instead of {input["value"]}.";
        }));
        Interlocked.Increment(ref _started);
    }

    /// <summary>Each parent has one child, which has succeeded.</summary>
    public async Task<IReadOnlyList<Problem>> CheckAsync(WorkloadContext context, RecordReader reader)
    {
        int all = (await reader.ListAsync(_child, status: null)).Count;
        int succeeded = (await reader.ListAsync(_child, "SUCCEEDED")).Count;
        return all == _started && succeeded == all ? [] : [new(Name, Child, $"{_started} parents started {all} children, of which {succeeded} succeeded.")];
    }
}
