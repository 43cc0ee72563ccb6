namespace StepFlow.Integrations.Functions;

/// <summary><c>azure:functions:invoke</c>: calls the function <c>Function</c> of the settings with <c>Body</c>. Its response is the result.</summary>
internal sealed class AzureFunctionInvoke(FunctionInvoker functions, FunctionCatalog catalog, SettingHints hints) : ITaskIntegration
{
    private const string Prefix = "Functions.";

    public string Name => "azure:functions:invoke";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string name = arguments.RequiredText("Function");
        JsonValue body = arguments.Value("Body") ?? JsonObject.Empty;
        if (arguments.Problem is { } problem)
        {
            return new TaskRejected(Prefix + "InvalidArgument", problem);
        }

        var function = new FunctionName(name, null);
        if (catalog.Find(function) is not { } found)
        {
            return new TaskRejected(Prefix + "FunctionNotFound", $"The function '{name}' is not known{(hints.Add($"Functions:{name}:Url") is { Length: > 0 } hint ? hint : ".")}");
        }

        return await functions.RunAsync(call, function, found, body, cancellationToken) switch
        {
            FunctionSucceeded succeeded => new TaskCompleted(succeeded.Payload),
            FunctionFailed failed => new TaskRejected(failed.ErrorType, failed.ErrorMessage),
            FunctionUnavailable unavailable => new TaskRejected(Prefix + (unavailable.Status == 0 ? "Unreachable" : $"StatusCode.{unavailable.Status}"), unavailable.Message),
            FunctionPending pending => pending.ToOutcome(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
