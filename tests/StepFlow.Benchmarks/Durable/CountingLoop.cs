using System.Globalization;
using StepFlow.Execution;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Benchmarks.Durable;

/// <summary>A machine that calls a task so often, one call after the other.</summary>
internal static class CountingLoop
{
    public static string Definition(int steps) => $$"""
        {"StartAt":"Step","States":{
          "Step":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:step","Next":"Done?"},
          "Done?":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericLessThan":{{steps.ToString(CultureInfo.InvariantCulture)}},"Next":"Step" }],"Default":"Done" },
          "Done":{"Type":"Succeed"} } }
        """;

    public static ExecutionRequest Request(string name, string definition) => new(
        new ExecutionStart
        {
            ExecutionArn = $"arn:aws:states:us-east-1:123456789012:execution:Bench:{name}",
            Name = name,
            StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:Bench",
            StateMachineName = "Bench",
            RoleArn = "arn:aws:iam::123456789012:role/Bench",
            Input = JsonObject.Create(("n", 0)),
            StartTime = DateTimeOffset.UtcNow,
        },
        definition);
}
