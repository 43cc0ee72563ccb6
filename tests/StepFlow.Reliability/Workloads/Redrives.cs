using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Client;

namespace StepFlow.Reliability.Workloads;

/// <summary>Executions that fail in their second task, and are redriven: the first is not run again, and the second succeeds.</summary>
internal sealed class Redrives : IWorkload
{
    private const string Definition = """
        {"StartAt":"First","States":{
          "First":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"work","Payload":{"value":1}},"ResultPath":null,"Next":"Second"},
          "Second":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"work","Payload":{"value":2,"failures":1,"how":"error"}},
            "OutputPath":"$.Payload","End":true}}}
        """;

    private string _machine = string.Empty;

    public string Name => "redrives";

    public async Task PrepareAsync(WorkloadContext context) => _machine = await context.CreateMachineAsync(Name, Definition);

    public async Task StartOneAsync(WorkloadContext context, Random random)
    {
        string arn = await context.StartAsync(Name, _machine, new JsonObject(), execution =>
            [.. Expect.Output(2)(execution), .. CheckRedrive(execution)]);
        context.Later(() => RedriveAsync(context, arn));
    }

    private static IEnumerable<string> CheckRedrive(ExecutionRecord execution)
    {
        int redriven = execution.Events.Count(static one => one.Type == "ExecutionRedriven");
        if (redriven != 1)
        {
            yield return $"The history holds {redriven} redrives; one was acknowledged.";
        }
    }

    private static async Task RedriveAsync(WorkloadContext context, string arn)
    {
        while (true)
        {
            JsonObject description = await context.CallAsync("DescribeExecution", new() { ["executionArn"] = arn });
            if ((string?)description["status"] != "RUNNING")
            {
                break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), context.Cancellation);
        }

        try
        {
            await context.CallAsync("RedriveExecution", new() { ["executionArn"] = arn, ["clientToken"] = arn[(arn.LastIndexOf(':') + 1)..] });
        }
        catch (ServiceException e) when (e.Code == "ExecutionNotRedrivable")
        {
            // An earlier request arrived and its response was lost; the check of the history shows whether that is so.
        }
    }
}
