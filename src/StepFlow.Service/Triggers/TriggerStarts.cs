using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using StepFlow.Service.Arns;

namespace StepFlow.Service.Triggers;

/// <summary>
/// Starts the executions of triggers. An execution is named after its cause, and a name starts one execution only: so each
/// cause starts one, however often it is seen.
/// </summary>
internal sealed class TriggerStarts(Lazy<StepFunctionsService> service, ILogger<TriggerStarts> logger)
{
    private const int MaxOfName = 40;

    /// <summary>Starts an execution.</summary>
    /// <param name="options">Its settings.</param>
    /// <param name="cause">What happened: the same text for the same cause.</param>
    /// <param name="input">The input that tells it.</param>
    /// <returns>What the service answered; success also where the cause had started its execution before.</returns>
    public async Task<ApiResult> StartAsync(string name, TriggerOptions options, string cause, JsonObject input, CancellationToken cancellationToken)
    {
        string execution = ExecutionName(name, cause);
        JsonObject call = JsonObject.Create(
            ("stateMachineArn", MachineArn(options.StateMachine!)),
            ("name", execution),
            ("input", options.Input ?? input.ToString()));
        ApiResult result = await service.Value.InvokeAsync("StartExecution", call, CallerContext.Internal, cancellationToken);
        if (!result.IsSuccess && result.Error.Code != "ExecutionAlreadyExists")
        {
            ServiceLogs.TriggerRefused(logger, name, execution, result.Error.Code, result.Error.Message);
        }

        return result;
    }

    /// <summary>Whether a cause has its execution now.</summary>
    public static bool IsStarted(ApiResult result) => result.IsSuccess || result.Error.Code == "ExecutionAlreadyExists";

    public static string ExecutionName(string trigger, string cause)
    {
        string readable = new([.. trigger.Where(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(MaxOfName)]);
        return $"{readable}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(trigger + "\n" + cause)))[..32]}";
    }

    private string MachineArn(string machine) =>
        machine.StartsWith("arn:", StringComparison.Ordinal) ? machine : new ArnFormat(service.Value.Options).StateMachine(machine);
}
