using StepFlow.Execution;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Hosting.Compliance;

/// <summary>Starts of executions for tests.</summary>
public static class Requests
{
    private const string Account = "us-east-1:123456789012";

    public static string Arn(string name) => $"arn:aws:states:{Account}:execution:Test:{name}";

    public static string Function(string name) => $"arn:aws:lambda:{Account}:function:{name}";

    public static ExecutionRequest Of(HostFixture fixture, string name, string definition, JsonValue? input = null) => new(
        new ExecutionStart
        {
            ExecutionArn = Arn(name),
            Name = name,
            StateMachineArn = $"arn:aws:states:{Account}:stateMachine:Test",
            StateMachineName = "Test",
            RoleArn = "arn:aws:iam::123456789012:role/Test",
            Input = input ?? JsonObject.Empty,
            StartTime = fixture.Now,
            TokenSecret = "0123456789abcdef0123456789abcdef",
        },
        definition);
}
