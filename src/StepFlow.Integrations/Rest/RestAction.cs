namespace StepFlow.Integrations.Rest;

/// <summary>An action of a service of Azure that is a REST target. The target and the errors have the service's name.</summary>
internal sealed class RestAction(RestActionForm form, RestTargets targets, RestRunner runner, SettingHints hints, TimeProvider time) : ITaskIntegration
{
    public string Name => form.Name;

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        RestActionRequest request = form.Read(call, arguments, time.GetUtcNow());
        if (arguments.Problem is { } problem)
        {
            return new TaskRejected($"{form.Service}.InvalidArgument", problem);
        }

        if (targets.Find(request.Target) is not { } target)
        {
            string hint = hints.Add($"Rest:{request.Target}:Url");
            return new TaskRejected($"{form.Service}.{form.Missing}", $"The REST target '{request.Target}' is not known{(hint.Length > 0 ? hint : ".")}");
        }

        TaskOutcome outcome = await runner.RunAsync(call, target, request.Create(target), request.View, cancellationToken);
        return outcome is TaskRejected rejected ? rejected with { Error = RestErrors.Renamed(rejected.Error, form.Service + ".") } : outcome;
    }
}

/// <summary>How an action reads its arguments, and what it requests.</summary>
/// <param name="Name">Service and action, as a Resource names them.</param>
/// <param name="Service">The service, as its errors begin: <c>EventGrid</c>.</param>
/// <param name="Missing">The error if there is no such target, without the service's name.</param>
/// <param name="Read">Makes the request at a time. Invalid arguments are reported to the reader.</param>
internal sealed record RestActionForm(string Name, string Service, string Missing, Func<TaskCall, ArgumentReader, DateTimeOffset, RestActionRequest> Read);

/// <summary>The request of an action.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="View">The result of a response.</param>
internal sealed record RestActionRequest(string Target, Func<RestTarget, RestRequest> Create, Func<RestResponse, JsonValue> View);
