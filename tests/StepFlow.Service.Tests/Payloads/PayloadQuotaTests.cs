using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Service.Errors;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Payloads;

/// <summary>Inputs and outputs of exactly the quota are taken; those of one character more are refused with the reason.</summary>
public sealed class PayloadQuotaTests
{
    private const int Most = 256 * 1024;
    private const string Activity = "arn:aws:states:us-east-1:123456789012:activity:a";

    private static readonly string Waits = $$$"""{"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"{{{Activity}}}","End":true} } }""";

    /// <summary>Each member that carries a payload, around the quota, and without one.</summary>
    public static TheoryData<string, int, bool, bool> Cases { get; } = Make();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Payload_AroundTheQuota_IsTakenUpToIt(string operation, int length, bool hasQuota, bool taken)
    {
        var test = new TestService(limits: hasQuota ? Limits.Aws : Limits.None);
        string member = operation == "SendTaskSuccess" ? "output" : "input";
        (string, JsonValue)[] request = [await TargetAsync(test, operation), (member, $"\"{new string('x', length - 2)}\"")];
        if (taken)
        {
            await test.CallAsync(operation, request);
            return;
        }

        Assert.Equal(
            (ErrorCodes.Validation, $"1 validation error detected: Value at '{member}' failed to satisfy constraint: Member must have length less than or equal to {Most}"),
            await test.RefuseAsync(operation, request));
    }

    private static TheoryData<string, int, bool, bool> Make()
    {
        var cases = new TheoryData<string, int, bool, bool>();
        foreach (string operation in (string[])["StartExecution", "StartSyncExecution", "SendTaskSuccess"])
        {
            cases.Add(operation, Most - 1, true, true);
            cases.Add(operation, Most, true, true);
            cases.Add(operation, Most + 1, true, false);
            cases.Add(operation, Most + 1, false, true);
        }

        return cases;
    }

    /// <summary>What the operation is called on: a machine, or a task that a worker has.</summary>
    private static async Task<(string, JsonValue)> TargetAsync(TestService test, string operation)
    {
        if (operation != "SendTaskSuccess")
        {
            return ("stateMachineArn", await test.CreateAsync("m", type: operation == "StartExecution" ? "STANDARD" : "EXPRESS"));
        }

        await test.CallAsync("CreateActivity", ("name", "a"));
        await test.StartAsync(await test.CreateAsync("m", Waits));
        JsonObject task = await test.CallAsync("GetActivityTask", ("activityArn", Activity));
        return ("taskToken", task["taskToken"]!);
    }
}
