using System.Globalization;
using System.Text.RegularExpressions;
using StepFlow.Integrations.Rest;

namespace StepFlow.Integrations.Jobs;

/// <summary>
/// A job of Azure Container Apps. Azure Resource Manager starts, reads and stops it, with the app's identity
/// (REST API of Microsoft.App: Jobs - Start, Jobs Executions - List, Jobs - Stop Execution). Each execution has the
/// idempotency key in its environment. So an execution is found again, and none is started twice.
/// </summary>
internal sealed partial class ContainerAppsJob(string name, JobOptions options, ResourceManager manager, RestClient client, RestOperations operations) : IJob
{
    private const string ApiVersion = "2024-03-01";
    private const string KeyVariable = "STEPFLOW_IDEMPOTENCY_KEY";

    // More executions than Container Apps stores for a job.
    private const int MaxPages = 20;

    private readonly Uri _job = new(manager.Url + options.ContainerAppsJob);
    private readonly RestTarget _target = manager.Target(name);

    public string Name => name;

    public TimeSpan Interval => TimeSpan.FromSeconds(30);

    public bool HasResultFile => false;

    public static bool IsResourceId(string text) => JobId().IsMatch(text);

    public async Task<JobState> StartAsync(JobRequest request, CancellationToken cancellationToken)
    {
        string key = request.Call.IdempotencyKey;
        if (await FindAsync(key, cancellationToken) is { } found)
        {
            return Read(found);
        }

        JsonObject job = await SendAsync(HttpMethod.Get, string.Empty, null, cancellationToken);
        RestRequest start = Request(HttpMethod.Post, "/start", Template(job, request));
        RestResponse response = Checked(await client.SendAsync(_target, start, cancellationToken));
        if (RestOperation.Of(start, response) is { } operation)
        {
            RestOutcome outcome = await operations.FollowAsync(_target, operation, cancellationToken);
            response = outcome.Response ?? throw new InvalidOperationException(outcome.Failure!.Cause);
        }

        return response.Body is JsonObject execution && execution["name"] is JsonString id
            ? new(id.Value, JobPhase.Running)
            : await FindAsync(key, cancellationToken) is { } started ? Read(started)
            : throw new TaskOutageException($"The job '{name}' was started, but Azure Resource Manager does not show it yet.");
    }

    public async Task<JobState> ReadAsync(string id, CancellationToken cancellationToken) =>
        Read(await SendAsync(HttpMethod.Get, "/executions/" + Uri.EscapeDataString(id), null, cancellationToken));

    public async Task StopAsync(string idempotencyKey, CancellationToken cancellationToken)
    {
        if (await FindAsync(idempotencyKey, cancellationToken) is { } found && Read(found) is { Phase: JobPhase.Running } running)
        {
            Checked(await client.SendAsync(_target, Request(HttpMethod.Post, $"/executions/{Uri.EscapeDataString(running.Id)}/stop", null), cancellationToken));
        }
    }

    private static JobState Read(JsonObject execution)
    {
        JsonObject properties = execution["properties"] as JsonObject ?? execution;
        string status = properties.Text("status") ?? "Unknown";
        JobPhase phase = status switch
        {
            "Succeeded" => JobPhase.Succeeded,
            "Failed" or "Degraded" => JobPhase.Failed,
            "Stopped" => JobPhase.Stopped,
            _ => JobPhase.Running,
        };
        return new(execution.Text("name")!, phase)
        {
            StartTime = Time(properties, "startTime"),
            EndTime = Time(properties, "endTime"),
            Reason = phase is JobPhase.Running or JobPhase.Succeeded ? null : $"The execution '{execution.Text("name")}' of the Container Apps job ended as {status}; its output is in the logs of the environment",
        };
    }

    private async Task<JsonObject?> FindAsync(string key, CancellationToken cancellationToken)
    {
        JsonObject page = await SendAsync(HttpMethod.Get, "/executions", null, cancellationToken);
        for (int pages = 1; ; pages++)
        {
            if ((page["value"] as JsonArray ?? JsonArray.Empty).OfType<JsonObject>().FirstOrDefault(execution => Key(execution) == key) is { } found)
            {
                return found;
            }

            if (page.Text("nextLink") is not { } next || pages == MaxPages || !Uri.TryCreate(_job, next, out Uri? url) || !RestTarget.IsSameOrigin(_job, url))
            {
                return null;
            }

            page = Body(Checked(await client.SendAsync(_target, new(HttpMethod.Get, url), cancellationToken)));
        }
    }

    private static string? Key(JsonObject execution) =>
        execution["properties"] is JsonObject properties && properties["template"] is JsonObject template && template["containers"] is JsonArray { Count: > 0 } containers
        && containers[0] is JsonObject container && container["env"] is JsonArray environment
            ? environment.OfType<JsonObject>().Where(static pair => pair.Text("name") == KeyVariable).Select(static pair => pair.Text("value")).FirstOrDefault()
            : null;

    // A template in the start request replaces that of the job. So it is the job's template with the changes.
    private JsonObject Template(JsonObject job, JobRequest request)
    {
        JsonObject own = job["properties"] is JsonObject properties && properties["template"] is JsonObject given ? given : JsonObject.Empty;
        if (own["containers"] is not JsonArray { Count: > 0 } containers || containers[0] is not JsonObject container)
        {
            throw new InvalidOperationException($"The Container Apps job '{options.ContainerAppsJob}' has no container.");
        }

        JsonArray args = container["args"] as JsonArray ?? JsonArray.Empty;
        IReadOnlyList<string> arguments = request.ArgumentsOver(options.Arguments.Count > 0 ? options.Arguments : args.Select(static one => ((JsonString)one).Value));
        Dictionary<string, string> environment = request.EnvironmentOver(options.Environment);
        environment[JobVariables.Input] = request.Call.Arguments.ToString();
        IEnumerable<JsonValue> others = (container["env"] as JsonArray ?? JsonArray.Empty).Where(pair => pair is JsonObject variable && !environment.ContainsKey(variable.Text("name") ?? string.Empty));
        JsonObject changed = container
            .With("args", JsonArray.From(arguments.Select(static argument => (JsonValue)argument)))
            .With("env", JsonArray.From(others.Concat(environment.Select(static pair => (JsonValue)JsonObject.Create(("name", pair.Key), ("value", pair.Value))))));
        return new JsonObjectBuilder()
            .Set("containers", JsonArray.From([changed, .. containers.Skip(1)]))
            .SetIfPresent("initContainers", own["initContainers"] as JsonArray)
            .Build();
    }

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, JsonValue? body, CancellationToken cancellationToken) =>
        Body(Checked(await client.SendAsync(_target, Request(method, path, body), cancellationToken)));

    private RestRequest Request(HttpMethod method, string path, JsonValue? body) => new(method, new($"{_job.AbsoluteUri}{path}?api-version={ApiVersion}")) { Body = body };

    private static RestResponse Checked(RestResponse? response) =>
        response is { IsSuccess: true } ? response : throw new InvalidOperationException(response is null ? "The response of Azure Resource Manager is too large." : RestErrors.Refused(response) is var refused ? $"{refused.Error}: {refused.Cause}" : null);

    private static JsonObject Body(RestResponse response) => response.Body as JsonObject ?? throw new InvalidOperationException("Azure Resource Manager responded without a JSON object.");

    private static DateTimeOffset? Time(JsonObject value, string name) =>
        value.Text(name) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;

    [GeneratedRegex(@"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.App/jobs/[^/?#]+$", RegexOptions.IgnoreCase)]
    private static partial Regex JobId();
}
