using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Runtime.Documents;

namespace StepFlow.Runtime.Tasks;

/// <summary>A call whose result is not awaited, as it is stored.</summary>
/// <param name="StoredAt">Since when.</param>
/// <param name="Due">When it is made next, or when the process that makes it now counts as ended.</param>
/// <param name="Attempts">How often it failed.</param>
internal sealed record DeferredCall(TaskCall Call, DateTimeOffset StoredAt, DateTimeOffset Due, int Attempts)
{
    /// <summary>Whether a process makes it now, or made it when it ended.</summary>
    public bool IsLeased { get; init; }

    /// <summary>The key of its document.</summary>
    public static string KeyOf(TaskCall call) => TextHash.Of(call.IdempotencyKey);

    public static DeferredCall Read(JsonValue document)
    {
        var value = (JsonObject)document;
        var call = new TaskCall
        {
            ExecutionArn = value.RequiredText("executionArn"),
            ExecutionName = value.RequiredText("executionName"),
            StateMachineArn = value.RequiredText("stateMachineArn"),
            StateName = value.RequiredText("stateName"),
            Resource = TaskResource.Parse(value.RequiredText("resource")),
            Arguments = value["arguments"]!,
            TaskId = value.RequiredText("taskId"),
            IdempotencyKey = value.RequiredText("key"),
            Credentials = value["credentials"],
            TraceParent = value.Text("traceParent"),
        };
        return new(call, Time(value, "kept"), Time(value, "due"), (int)value.Integer("attempts")!) { IsLeased = value["leased"] == JsonValue.True };
    }

    public JsonObject ToJson() => new JsonObjectBuilder()
        .Set("executionArn", Call.ExecutionArn)
        .Set("executionName", Call.ExecutionName)
        .Set("stateMachineArn", Call.StateMachineArn)
        .Set("stateName", Call.StateName)
        .Set("resource", Call.Resource.Text)
        .Set("arguments", Call.Arguments)
        .Set("taskId", Call.TaskId)
        .Set("key", Call.IdempotencyKey)
        .SetIfPresent("credentials", Call.Credentials)
        .SetIfPresent("traceParent", Call.TraceParent)
        .Set("kept", StoredAt.ToUnixTimeMilliseconds())
        .Set("due", Due.ToUnixTimeMilliseconds())
        .Set("attempts", Attempts)
        .SetIfPresent("leased", IsLeased ? JsonValue.True : null)
        .Build();

    private static DateTimeOffset Time(JsonObject value, string name) => DateTimeOffset.FromUnixTimeMilliseconds(value.Integer(name)!.Value);
}
