using System.Globalization;
using StepFlow.Integrations.Processes;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Functions;

/// <summary>
/// A function that is a program of this machine: JSON on standard input, JSON on standard output, exit code 0. A program
/// that fails exits with another code; where it writes Lambda's <c>{"errorType": …, "errorMessage": …}</c> that is the failure.
/// </summary>
internal sealed class ProcessFunction(string name, FunctionOptions options, TimeProvider time) : IFunctionHandler
{
    private readonly string _command = options.Command!;
    private readonly string[] _arguments = [.. options.Arguments];
    private readonly string? _workingDirectory = options.WorkingDirectory;
    private readonly KeyValuePair<string, string>[] _environment = [.. options.Environment];
    private readonly int _timeoutSeconds = options.TimeoutSeconds;
    private readonly int _maxResponseBytes = options.MaxResponseBytes;

    public string Name => name;

    public async Task<FunctionResult> HandleAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        ChildResult result = await ChildProcess.RunAsync(Describe(call), time, cancellationToken);
        switch (result.End)
        {
            case ChildEnd.NotStarted:
                return new FunctionUnavailable(FunctionErrors.ResourceNotFoundException, $"The program '{_command}' of the function '{name}' cannot be started: {result.ErrorTail}", 404);
            case ChildEnd.TimedOut:
                return FunctionErrors.Timeout(_timeoutSeconds);
            case ChildEnd.OutputTooLarge:
                return FunctionErrors.TooLarge(_maxResponseBytes);
        }

        JsonValue? answer = FunctionAnswer.Parse(result.Output.Span);
        return result.ExitCode != 0 ? FunctionAnswer.ReadFailure(answer) ?? FunctionErrors.Exited(result.ExitCode, result.ErrorTail)
            : answer is null ? FunctionErrors.NotJson(FunctionAnswer.Excerpt(result.Output.Span))
            : new FunctionSucceeded(answer);
    }

    private ChildCommand Describe(FunctionCall call)
    {
        TaskCall task = call.Task;
        var environment = new Dictionary<string, string>(_environment)
        {
            ["STEPFLOW_IDEMPOTENCY_KEY"] = task.IdempotencyKey,
            ["STEPFLOW_EXECUTION_ARN"] = task.ExecutionArn,
            ["STEPFLOW_STATE"] = task.StateName,
            ["STEPFLOW_RETRY_COUNT"] = task.RetryCount.ToString(CultureInfo.InvariantCulture),
        };
        if (task.Deadline is { } deadline)
        {
            environment["STEPFLOW_DEADLINE"] = deadline.ToString("O", CultureInfo.InvariantCulture);
        }

        if (task.TraceParent is { } trace)
        {
            environment["TRACEPARENT"] = trace;
        }

        return new()
        {
            FileName = _command,
            Arguments = _arguments,
            WorkingDirectory = _workingDirectory,
            Environment = environment,
            Input = call.Payload.ToUtf8(),
            Timeout = TimeSpan.FromSeconds(_timeoutSeconds),
            MaxOutputBytes = _maxResponseBytes,
        };
    }
}
