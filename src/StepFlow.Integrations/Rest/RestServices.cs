using StepFlow.Integrations.Responses;

namespace StepFlow.Integrations.Rest;

/// <summary>Calls the services of Azure that are REST targets. The target and the errors have the service's name.</summary>
internal sealed class RestServices(RestTargets targets, RestRunner runner, SettingHints hints)
{
    /// <summary>Makes a request of a service.</summary>
    /// <param name="service">The service, as its errors begin: <c>EventGrid</c>.</param>
    /// <param name="name">The target's name.</param>
    /// <param name="missing">The error if there is no such target, without the service's name.</param>
    /// <param name="request">Makes the request.</param>
    /// <param name="view">The result of a response.</param>
    public async Task<TaskOutcome> RunAsync(
        TaskCall call, string service, string name, string missing, Func<RestTarget, RestRequest> request, Func<RestResponse, JsonValue> view, CancellationToken cancellationToken)
    {
        if (targets.Find(name) is not { } target)
        {
            return new TaskRejected($"{service}.{missing}", $"The REST target '{name}' is not known{(hints.Add($"Rest:{name}:Url") is { Length: > 0 } hint ? hint : ".")}");
        }

        TaskOutcome outcome = await runner.RunAsync(call, target, request(target), view, cancellationToken);
        return outcome is TaskRejected rejected ? rejected with { Error = RestErrors.Renamed(rejected.Error, service + ".") } : outcome;
    }

    /// <summary>A URL below that of a target.</summary>
    public static Uri Below(RestTarget target, string path, JsonObject? query = null)
    {
        var own = new Uri(target.Options.Url!);
        return Http.HttpRequestReader.WithQuery(new UriBuilder(own) { Path = own.AbsolutePath.TrimEnd('/') + path }.Uri, query);
    }
}
