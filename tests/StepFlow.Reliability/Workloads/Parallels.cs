using System.Text.Json.Nodes;

namespace StepFlow.Reliability.Workloads;

/// <summary>
/// Branches and Map iterations that call functions beside each other, two calls each; and branches of which one fails, so that
/// the others are cancelled and a Catcher continues.
/// </summary>
internal sealed class Parallels : IWorkload
{
    private const string Definition = """
        {"StartAt":"Both","States":{
          "Both":{"Type":"Parallel","Next":"Done","ResultPath":"$.results",
            "Branches":[
              {"StartAt":"Left1","States":{
                "Left1":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"work","Payload":{"lane":"left","value":1,"delayMs.$":"$.delayMs"}},"ResultPath":null,RETRY,"Next":"Left2"},
                "Left2":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"work","Payload":{"lane":"left","value":2}},"OutputPath":"$.Payload",RETRY,"End":true}}},
              {"StartAt":"Each","States":{
                "Each":{"Type":"Map","ItemsPath":"$.items","ItemSelector":{"lane.$":"States.Format('item {}', $$.Map.Item.Index)","value.$":"$$.Map.Item.Value"},"End":true,
                  "ItemProcessor":{"StartAt":"One","States":{
                    "One":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"work","Payload.$":"$"},"ResultPath":null,RETRY,"Next":"Two"},
                    "Two":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"work","Payload.$":"$"},"OutputPath":"$.Payload",RETRY,"End":true}}}}}},
              {"StartAt":"Fails","States":{
                "Fails":{"Type":"Choice","Choices":[{"Variable":"$.fails","BooleanEquals":true,"Next":"Later"}],"Default":"Good"},
                "Later":{"Type":"Wait","Seconds":1,"Next":"Bad"},
                "Bad":{"Type":"Fail","Error":"Meant","Cause":"This branch fails."},
                "Good":{"Type":"Pass","Result":"good","End":true}}}],
            "Catch":[{"ErrorEquals":["Meant"],"ResultPath":"$.error","Next":"Done"}]},
          "Done":{"Type":"Pass","Parameters":{"results.$":"$.results","error.$":"$.error"},"End":true}}}
        """;

    private string _machine = string.Empty;

    public string Name => "parallels";

    public async Task PrepareAsync(WorkloadContext context) => _machine = await context.CreateMachineAsync(
        Name,
        Definition.Replace("RETRY", "\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"IntervalSeconds\":1,\"BackoffRate\":1,\"MaxAttempts\":30}]", StringComparison.Ordinal));

    public Task StartOneAsync(WorkloadContext context, Random random)
    {
        bool fails = random.Next(4) == 0;
        int[] items = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(100))];
        var input = new JsonObject
        {
            ["delayMs"] = random.Next(fails ? 3000 : 300),
            ["items"] = new JsonArray([.. items.Select(static item => JsonValue.Create(item))]),
            ["fails"] = fails,
            ["results"] = "none",
            ["error"] = "none",
        };
        var results = new JsonArray(2, input["items"]!.DeepClone(), "good");
        return context.StartAsync(Name, _machine, input, Expect.Output(new JsonObject
        {
            ["results"] = fails ? "none" : results,
            ["error"] = fails ? new JsonObject { ["Error"] = "Meant", ["Cause"] = "This branch fails." } : "none",
        }));
    }
}
