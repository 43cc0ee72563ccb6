using StepFlow.Integrations.Responses;

namespace StepFlow.Integrations.Rest;

/// <summary>
/// <c>azure:durablefunctions:</c> <c>startOrchestration</c> (<c>Orchestrator</c>, <c>Input</c>, <c>InstanceId</c>),
/// <c>raiseEvent</c> (<c>InstanceId</c>, <c>EventName</c>, <c>Data</c>) and <c>terminate</c> (<c>InstanceId</c>, <c>Reason</c>), at the
/// function app of the REST target <c>durablefunctions</c> or of <c>Target</c> (Durable Functions, "HTTP API
/// reference"). With <c>.sync</c> a task waits for the orchestration's end, and terminates it if the task is cancelled.
/// </summary>
internal sealed class DurableFunctionsAction(RestServices services, string action) : ITaskIntegration
{
    public static readonly string[] All = [Start, RaiseEvent, "terminate"];

    private const string Start = "startOrchestration";
    private const string RaiseEvent = "raiseEvent";
    private const string Default = "durablefunctions";
    private const string Root = "/runtime/webhooks/durabletask";

    public string Name => "azure:durablefunctions:" + action;

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string target = arguments.Text("Target") ?? Default;
        string? given = arguments.Text("InstanceId");

        // With this id a repetition of the call finds the orchestration that it started before.
        string instance = given ?? (action == Start ? RequestId.Derive(call.IdempotencyKey, "orchestration") : arguments.RequiredText("InstanceId"));
        string name = action switch { Start => arguments.RequiredText("Orchestrator"), RaiseEvent => arguments.RequiredText("EventName"), _ => string.Empty };
        JsonValue? body = action == Start ? arguments.Value("Input") : action == RaiseEvent ? arguments.Value("Data") : null;
        string? reason = action is Start or RaiseEvent ? null : arguments.Text("Reason");
        if (arguments.Problem is { } problem)
        {
            return new TaskRejected("DurableFunctions.InvalidArgument", problem);
        }

        string at = $"{Root}/instances/{Uri.EscapeDataString(instance)}";
        return await services.RunAsync(call, "DurableFunctions", target, "TargetNotFound", Request, View, cancellationToken);

        RestRequest Request(RestTarget app) => action switch
        {
            Start => new(HttpMethod.Post, RestServices.Below(app, $"{Root}/orchestrators/{Uri.EscapeDataString(name)}/{Uri.EscapeDataString(instance)}"))
            {
                Body = body ?? JsonValue.Null,
                Operation = RestServices.Below(app, at),
                Cancellation = RestServices.Below(app, at + "/terminate", JsonObject.Create(("reason", "The task was stopped."))),
                ConflictIsRepetition = given is null,
            },
            RaiseEvent => new(HttpMethod.Post, RestServices.Below(app, $"{at}/raiseEvent/{Uri.EscapeDataString(name)}")) { Body = body ?? JsonObject.Empty },
            _ => new(HttpMethod.Post, RestServices.Below(app, at + "/terminate", reason is null ? null : JsonObject.Create(("reason", reason)))),
        };

        // The URLs of the service for an instance contain a key, so they are left out.
        JsonValue View(RestResponse response) => action != Start ? JsonObject.Empty
            : new JsonObjectBuilder(3)
                .Set("InstanceId", instance)
                .SetIfPresent("Output", (response.Body as JsonObject)?["output"])
                .SetIfPresent("RuntimeStatus", (response.Body as JsonObject)?["runtimeStatus"])
                .Build();
    }
}
