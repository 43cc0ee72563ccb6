using System.Globalization;
using System.Security.Cryptography;
using StepFlow.Language.Evaluation;

namespace StepFlow.Local.MemoryRuns;

/// <summary>How an execution in memory begins.</summary>
internal static class RunStart
{
    /// <summary>The start of an execution that is not on a server.</summary>
    /// <param name="name">The execution's name; null for one made of the time.</param>
    /// <param name="inputText">The input as it was written.</param>
    /// <param name="limits">The quotas that apply. Null for none.</param>
    public static ExecutionStart Create(string machine, string? name, JsonValue input, string inputText, DateTimeOffset now, Limits? limits = null)
    {
        name ??= now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        return new()
        {
            ExecutionArn = $"arn:aws:states:us-east-1:123456789012:execution:{machine}:{name}",
            Name = name,
            StateMachineArn = $"arn:aws:states:us-east-1:123456789012:stateMachine:{machine}",
            StateMachineName = machine,
            RoleArn = "arn:aws:iam::123456789012:role/stepflow",
            Input = input,
            InputText = inputText,
            Limits = limits ?? Limits.None,
            StartTime = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
            TokenSecret = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)),
        };
    }
}
