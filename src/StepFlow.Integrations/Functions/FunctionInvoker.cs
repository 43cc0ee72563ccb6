using Microsoft.Extensions.Logging;
using StepFlow.Integrations.Processes;

namespace StepFlow.Integrations.Functions;

/// <summary>Finds a function, runs it, and converts its failures to those of Lambda in Step Functions.</summary>
internal sealed class FunctionInvoker(FunctionCatalog catalog, IFunctionSource others, ProcessMemory memory, SettingHints hints, ILogger<FunctionInvoker> logger)
{
    /// <summary>Runs a function by its name: one that is listed or built in, else one of the map of Resources.</summary>
    public Task<FunctionResult> RunAsync(TaskCall call, FunctionName name, JsonValue payload, CancellationToken cancellationToken) =>
        RunAsync(call, name, catalog.Find(name) ?? others.Find(Arn(call, name.Name)), payload, cancellationToken);

    /// <summary>Whether the settings define a function of this name.</summary>
    public bool IsDefined(TaskCall call, FunctionName name) => catalog.Find(name) is not null || others.Find(Arn(call, name.Name)) is not null;

    /// <summary>How a call of a function fails that is not known.</summary>
    public TaskRejected NotFound(TaskCall call, FunctionName name) => Missing(call, name);

    /// <summary>Runs a function.</summary>
    /// <exception cref="MemoryInUseException">The programs of other tasks hold the memory that it needs.</exception>
    public async Task<FunctionResult> RunAsync(TaskCall call, FunctionName name, IFunctionHandler? function, JsonValue payload, CancellationToken cancellationToken)
    {
        if (function is null)
        {
            return new FunctionMissing(name);
        }

        using IDisposable? reserved = function.MemoryBytes > 0 ? await memory.ReserveAsync(function.MemoryBytes, cancellationToken) : null;
        try
        {
            return await function.HandleAsync(new FunctionCall(name.Name, name.Qualifier, payload, call), cancellationToken);
        }
        catch (Exception failure) when (failure is TaskOutageException || (failure is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw;
        }
        catch (Exception failure)
        {
            IntegrationsLogs.FunctionThrew(logger, failure, name.Name, call.ExecutionArn);
            return new FunctionFailed(failure.GetType().Name, failure.Message);
        }
    }

    /// <summary>The outcome of a call that did not return.</summary>
    public TaskOutcome NotReturned(TaskCall call, FunctionResult result) => result switch
    {
        FunctionPending pending => pending.ToOutcome(),
        FunctionFailed failed => new TaskRejected(failed.ErrorType, Cause(call, failed).ToString()),
        FunctionUnavailable { Exception: FunctionErrors.SdkClientException } unavailable => new TaskRejected("Lambda." + unavailable.Exception, unavailable.Message),
        FunctionUnavailable unavailable => AwsService.Lambda.Fail(call, AwsFailure.Modelled(unavailable.Exception, unavailable.Message, unavailable.Status)),
        FunctionMissing missing => Missing(call, missing.Name),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The JSON that Lambda writes of a failed function.</summary>
    public static JsonObject Cause(TaskCall call, FunctionFailed failed)
    {
        JsonObjectBuilder cause = new JsonObjectBuilder()
            .Set("errorMessage", failed.ErrorMessage)
            .Set("errorType", failed.ErrorType)
            .Set("requestId", RequestId.For(call.IdempotencyKey));
        return failed.StackTrace is { } trace
            ? cause.Set("stackTrace", JsonArray.From(trace.Select(static line => (JsonValue)line))).Build()
            : cause.Build();
    }

    private static string Arn(TaskCall call, string name) => call.Arn("lambda", "function:" + name) ?? name;

    private TaskRejected Missing(TaskCall call, FunctionName name)
    {
        string bare = Arn(call, name.Name);
        string arn = bare == name.Name ? bare : $"{bare}:{name.Qualifier ?? LambdaInvoke.Latest}";
        string hint = hints.Add($"Functions:{name.Name}:Url", $"Functions:{name.Name}:Command");
        return AwsService.Lambda.Fail(call, AwsFailure.Modelled(FunctionErrors.ResourceNotFoundException, $"Function not found: {arn}", 404), hint);
    }

    /// <summary>No function has that name.</summary>
    private sealed record FunctionMissing(FunctionName Name) : FunctionResult;
}
