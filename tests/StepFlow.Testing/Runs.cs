using StepFlow.Execution;
using StepFlow.Language.Compilation;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;

namespace StepFlow.Testing;

/// <summary>Machines and starts for tests of executions in memory.</summary>
public static class Runs
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static StateMachine Machine(string definition)
    {
        LoadResult loaded = StateMachineLoader.Load(definition.Replace('\'', '"'));
        return loaded.Machine ?? throw new InvalidOperationException(string.Join('\n', loaded.Diagnostics));
    }

    public static ExecutionStart Of(string name, JsonValue? input = null) => new()
    {
        ExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:Test:" + name,
        Name = name,
        StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:Test",
        StateMachineName = "Test",
        RoleArn = "arn:aws:iam::123456789012:role/Test",
        Input = input ?? JsonObject.Empty,
        StartTime = Start,
        TokenSecret = "0123456789abcdef0123456789abcdef",
    };
}
