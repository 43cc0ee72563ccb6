using System.Globalization;
using System.Text;
using StepFlow.Integrations.Functions;
using StepFlow.Language;

namespace StepFlow.Integrations.Jobs;

/// <summary>
/// Runs a built-in function once, in the program of a job (<c>Functions:NAME:Job</c>). Its payload, and the location of its
/// result, are in the job's environment.
/// </summary>
public sealed class FunctionProgram
{
    private readonly IFunctionHandler[] _functions;
    private readonly JobBlobs _blobs;

    internal FunctionProgram(IEnumerable<IFunctionHandler> functions, JobBlobs blobs) => (_functions, _blobs) = ([.. functions], blobs);

    public IEnumerable<string> Names => _functions.Select(static function => function.Name).Order(StringComparer.Ordinal);

    /// <summary>Runs a function and writes its result, or a failure in Lambda's form, to the location in the environment, otherwise to the output.</summary>
    /// <param name="name">The function; null for the one in the environment.</param>
    /// <param name="variables">Reads a variable of the environment; null where it is not set.</param>
    /// <param name="input">Has the payload, unless the environment does.</param>
    /// <param name="output">Receives the result, unless the environment has a location.</param>
    /// <returns>How the function failed; null where it returned.</returns>
    /// <exception cref="ArgumentException">No built-in function has the name, or the payload is not JSON.</exception>
    public async Task<FunctionFailed?> RunAsync(string? name, Func<string, string?> variables, TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        name ??= variables(JobVariables.Function);
        IFunctionHandler function = Array.Find(_functions, one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"No built-in function has the name '{name}'. There are: {string.Join(", ", Names)}.", nameof(name));
        JsonValue payload = await ReadAsync(variables, input, cancellationToken);
        FunctionResult result;
        try
        {
            result = await function.HandleAsync(new(function.Name, null, payload, Task(variables, payload)), cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            result = new FunctionFailed(failure.GetType().Name, failure.Message);
        }

        FunctionFailed? failed = result switch
        {
            FunctionSucceeded => null,
            FunctionFailed own => own,
            FunctionUnavailable unavailable => new("Lambda." + unavailable.Exception, unavailable.Message),
            _ => throw new InvalidOperationException($"{result.GetType().Name} is not a result of a built-in function."),
        };
        await WriteAsync(variables, failed is null ? ((FunctionSucceeded)result).Payload : FunctionResponse.ToJson(failed), output, cancellationToken);
        return failed;
    }

    private async Task<JsonValue> ReadAsync(Func<string, string?> variables, TextReader input, CancellationToken cancellationToken)
    {
        JsonValue? payload = variables(JobVariables.InputBlob) is { Length: > 0 } blob
            ? await _blobs.ReadAsync(blob, cancellationToken)
            : JsonValue.ParseOrNull(variables(JobVariables.Input) ?? await input.ReadToEndAsync(cancellationToken));
        return payload ?? throw new ArgumentException("The payload is not JSON.", nameof(input));
    }

    private async Task WriteAsync(Func<string, string?> variables, JsonValue result, TextWriter output, CancellationToken cancellationToken)
    {
        if (variables(JobVariables.ResultBlob) is { Length: > 0 } blob)
        {
            await _blobs.WriteAsync(blob, result, cancellationToken);
        }
        else if (variables(JobVariables.ResultFile) is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, result.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
        }
        else
        {
            await output.WriteLineAsync(result.ToString().AsMemory(), cancellationToken);
        }
    }

    private static TaskCall Task(Func<string, string?> variables, JsonValue payload)
    {
        string execution = variables("STEPFLOW_EXECUTION_ARN") ?? string.Empty;
        return new()
        {
            ExecutionArn = execution,
            ExecutionName = execution[(execution.LastIndexOf(':') + 1)..],
            StateMachineArn = execution,
            StateName = variables("STEPFLOW_STATE") ?? string.Empty,
            Resource = TaskResource.Parse("arn:aws:states:::lambda:invoke"),
            Arguments = payload,
            IdempotencyKey = variables("STEPFLOW_IDEMPOTENCY_KEY") ?? Guid.NewGuid().ToString("N"),
            RetryCount = int.TryParse(variables("STEPFLOW_RETRY_COUNT"), NumberStyles.None, CultureInfo.InvariantCulture, out int retries) ? retries : 0,
            TraceParent = variables("TRACEPARENT"),
        };
    }
}
