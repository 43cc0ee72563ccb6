using Microsoft.Extensions.Logging;
using StepFlow.Runtime.Documents;

namespace StepFlow.Service.Triggers;

/// <summary>
/// Starts the executions of triggers. The name of an execution is computed from its cause, and a name starts only one execution. So each
/// cause starts one execution, even if it is found several times.
/// </summary>
internal sealed class TriggerStarts(Lazy<StepFunctionsService> service, ILogger<TriggerStarts> logger)
{
    private const int MaxOfName = 40;

    /// <summary>Starts an execution.</summary>
    /// <param name="cause">The cause, as a text that is unique for it.</param>
    /// <returns>The response of the service. It is also a success if the cause has started its execution before.</returns>
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
        return $"{readable}-{TextHash.Of(trigger + "\n" + cause)[..32]}";
    }

    private string MachineArn(string machine) =>
        machine.StartsWith("arn:", StringComparison.Ordinal) ? machine : new ArnFormat(service.Value.Options).StateMachine(machine);
}
