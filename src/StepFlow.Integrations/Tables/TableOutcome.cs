namespace StepFlow.Integrations.Tables;

/// <summary>The outcome of a call that changes an item, in the form that stores keep.</summary>
internal static class TableOutcome
{
    private const string ResponseMember = "answer";
    private const string InvalidMember = "invalid";
    private const string CancelledMember = "cancelled";

    /// <summary>The condition did not hold.</summary>
    public static JsonObject ConditionFailed { get; } = JsonObject.Create(("conditionFailed", JsonValue.True));

    /// <summary>The call succeeded.</summary>
    public static JsonObject Response(JsonObject response) => JsonObject.Create((ResponseMember, response));

    /// <summary>The item is such that the call makes no sense.</summary>
    public static JsonObject Invalid(string problem) => JsonObject.Create((InvalidMember, problem));

    /// <summary>Why a change of a transaction does not stop it.</summary>
    public const string NoReason = "None";

    /// <summary>A transaction was cancelled.</summary>
    /// <param name="reasons">Why, by change; <see cref="NoReason"/> where it was not for that one.</param>
    public static JsonObject Cancelled(IEnumerable<string> reasons) => JsonObject.Create((CancelledMember, string.Join(", ", reasons)));

    /// <summary>Why a change cannot be made (DynamoDB API, TransactWriteItems: CancellationReasons).</summary>
    public static string ReasonOf(JsonObject outcome) =>
        ResponseOf(outcome) is not null ? NoReason : outcome[InvalidMember] is null ? "ConditionalCheckFailed" : "ValidationError";

    /// <summary>The response of a call that succeeded; null if it failed.</summary>
    public static JsonObject? ResponseOf(JsonObject outcome) => outcome[ResponseMember] as JsonObject;

    /// <summary>How a call failed.</summary>
    public static TaskRejected FailureOf(JsonObject outcome, TaskCall call) => outcome[InvalidMember] is JsonString problem
        ? TableErrors.Invalid(call, problem.Value)
        : outcome[CancelledMember] is JsonString reasons ? TableErrors.Cancelled(call, reasons.Value)
        : TableErrors.ConditionFailed(call);
}
