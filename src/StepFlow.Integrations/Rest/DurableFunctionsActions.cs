namespace StepFlow.Integrations.Rest;

/// <summary>
/// <c>azure:durablefunctions:</c> <c>startOrchestration</c> (<c>Orchestrator</c>, <c>Input</c>, <c>InstanceId</c>),
/// <c>raiseEvent</c> (<c>InstanceId</c>, <c>EventName</c>, <c>Data</c>) and <c>terminate</c> (<c>InstanceId</c>, <c>Reason</c>), at the
/// function app of the REST target <c>durablefunctions</c> or of <c>Target</c> (Durable Functions, "HTTP API
/// reference"). With <c>.sync</c> a task waits for the orchestration's end, and terminates it if the task is cancelled.
/// </summary>
internal static class DurableFunctionsActions
{
    private const string Root = "/runtime/webhooks/durabletask";

    public static readonly RestActionForm[] All =
    [
        Action("startOrchestration", static (call, arguments, _) => Start(call, arguments)),
        Action("raiseEvent", static (_, arguments, _) => RaiseEvent(arguments)),
        Action("terminate", static (_, arguments, _) => Terminate(arguments)),
    ];

    private static RestActionForm Action(string action, Func<TaskCall, ArgumentReader, DateTimeOffset, RestActionRequest> read) =>
        new("azure:durablefunctions:" + action, "DurableFunctions", "TargetNotFound", read);

    private static RestActionRequest Start(TaskCall call, ArgumentReader arguments)
    {
        string target = Target(arguments);
        string? given = arguments.Text("InstanceId");

        // With this id a repetition of the call finds the orchestration that it started before.
        string instance = given ?? RequestId.Derive(call.IdempotencyKey, "orchestration");
        string name = arguments.RequiredText("Orchestrator");
        return new(
            target,
            app => new(HttpMethod.Post, app.Below($"{Root}/orchestrators/{Uri.EscapeDataString(name)}/{Uri.EscapeDataString(instance)}"))
            {
                Body = arguments.Value("Input") ?? JsonValue.Null,
                Operation = app.Below(Instance(instance)),
                Cancellation = app.Below(Instance(instance) + "/terminate", JsonObject.Create(("reason", "The task was stopped."))),
                ConflictIsRepetition = given is null,
            },

            // The URLs of the service for an instance contain a key, so they are left out.
            response => new JsonObjectBuilder(3)
                .Set("InstanceId", instance)
                .SetIfPresent("Output", (response.Body as JsonObject)?["output"])
                .SetIfPresent("RuntimeStatus", (response.Body as JsonObject)?["runtimeStatus"])
                .Build());
    }

    private static RestActionRequest RaiseEvent(ArgumentReader arguments)
    {
        string target = Target(arguments);
        string instance = arguments.RequiredText("InstanceId");
        string name = arguments.RequiredText("EventName");
        return new(
            target,
            app => new(HttpMethod.Post, app.Below($"{Instance(instance)}/raiseEvent/{Uri.EscapeDataString(name)}")) { Body = arguments.Value("Data") ?? JsonObject.Empty },
            static _ => JsonObject.Empty);
    }

    private static RestActionRequest Terminate(ArgumentReader arguments)
    {
        string target = Target(arguments);
        string instance = arguments.RequiredText("InstanceId");
        string? reason = arguments.Text("Reason");
        return new(
            target,
            app => new(HttpMethod.Post, app.Below(Instance(instance) + "/terminate", reason is null ? null : JsonObject.Create(("reason", reason)))),
            static _ => JsonObject.Empty);
    }

    private static string Target(ArgumentReader arguments) => arguments.Text("Target") ?? "durablefunctions";

    private static string Instance(string id) => $"{Root}/instances/{Uri.EscapeDataString(id)}";
}
