using Microsoft.Extensions.Logging;
using StepFlow.Integrations.Processes;

namespace StepFlow.Integrations.Functions;

/// <summary>
/// A function that is a program on this machine. It reads JSON from standard input, exits with code 0, and writes its result as JSON to the file
/// of <c>STEPFLOW_RESULT_FILE</c> or to standard output. Other output goes to the log. A program that fails exits with
/// another code. If its result then has Lambda's form <c>{"errorType": …, "errorMessage": …}</c>, that is the failure.
/// </summary>
internal sealed class ProcessFunction(string name, FunctionOptions options, TimeProvider time, ILogger logger) : IFunctionHandler
{
    private readonly string _command = options.Command!;
    private readonly string[] _arguments = [.. options.Arguments];
    private readonly string[] _inherited = [.. options.InheritedEnvironment];
    private readonly string? _workingDirectory = options.WorkingDirectory;
    private readonly KeyValuePair<string, string>[] _environment = [.. options.Environment];
    private readonly int _timeoutSeconds = options.TimeoutSeconds;
    private readonly int _maxResponseBytes = options.MaxResponseBytes;

    public string Name => name;

    public long MemoryBytes { get; } = options.MemoryBytes;

    public async Task<FunctionResult> HandleAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        using var file = new ResultFile();
        ChildResult result = await ChildProcess.RunAsync(Describe(call, file.Path), time, cancellationToken);
        Log(call, result.ErrorTail);
        switch (result.End)
        {
            case ChildEnd.NotStarted:
                return new FunctionUnavailable(FunctionErrors.ResourceNotFoundException, $"The program '{_command}' of the function '{name}' cannot be started: {result.ErrorTail}", 404);
            case ChildEnd.TimedOut:
                return FunctionErrors.Timeout(_timeoutSeconds);
            case ChildEnd.OutputTooLarge:
                return FunctionErrors.TooLarge(_maxResponseBytes);
        }

        ReadOnlyMemory<byte> output = result.Output;
        if (file.Read(_maxResponseBytes, out bool isTooLong) is { } written)
        {
            Log(call, FunctionResponse.Excerpt(output.Span));
            output = written;
        }

        return isTooLong ? FunctionErrors.TooLarge(_maxResponseBytes) : Read(result, output.Span);
    }

    private static FunctionResult Read(ChildResult result, ReadOnlySpan<byte> output)
    {
        JsonValue? response = FunctionResponse.Parse(output);
        return result.ExitCode != 0 ? FunctionResponse.ReadFailure(response) ?? FunctionErrors.Exited(result.ExitCode, result.ErrorTail)
            : response is null ? FunctionErrors.NotJson(FunctionResponse.Excerpt(output))
            : new FunctionSucceeded(response);
    }

    private void Log(FunctionCall call, string text)
    {
        if (text.Length > 0 && text != FunctionResponse.Nothing)
        {
            IntegrationsLogs.FunctionWrote(logger, name, call.Task.ExecutionArn, text);
        }
    }

    private ChildCommand Describe(FunctionCall call, string resultFile)
    {
        Dictionary<string, string> environment = TaskEnvironment.Of(call.Task, _environment);
        environment["STEPFLOW_RESULT_FILE"] = resultFile;
        environment["STEPFLOW_FUNCTION_NAME"] = name;
        return new()
        {
            FileName = _command,
            Arguments = _arguments,
            WorkingDirectory = _workingDirectory,
            Inherited = _inherited,
            Environment = environment,
            Input = call.Payload.ToUtf8(),
            Timeout = TimeSpan.FromSeconds(_timeoutSeconds),
            MaxOutputBytes = _maxResponseBytes,
        };
    }
}
