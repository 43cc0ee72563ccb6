using System.Collections.Frozen;
using System.IO.Hashing;
using StepFlow.Integrations.Answers;
using StepFlow.Integrations.Tables.Expressions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tables;

/// <summary>What the table integrations share: <c>dynamodb:ACTION</c> and <c>aws-sdk:dynamodb:ACTION</c> (DynamoDB API).</summary>
internal abstract class TableIntegration(TableContext context, bool sdk) : ITaskIntegration
{
    /// <summary>Parameters of DynamoDB before expressions; each had one way out.</summary>
    private static readonly FrozenDictionary<string, string> Legacy = new Dictionary<string, string>
    {
        ["Expected"] = "ConditionExpression",
        ["ConditionalOperator"] = "ConditionExpression",
        ["AttributeUpdates"] = "UpdateExpression",
        ["AttributesToGet"] = "ProjectionExpression",
        ["KeyConditions"] = "KeyConditionExpression",
        ["QueryFilter"] = "FilterExpression",
        ["ScanFilter"] = "FilterExpression",
        ["IndexName"] = "a table with these keys",
    }.ToFrozenDictionary();

    public string Name => (sdk ? "aws-sdk:dynamodb:" : "dynamodb:") + Action;

    protected abstract string Action { get; }

    /// <summary>The parameter that is asked for before the table is; null for none.</summary>
    protected virtual string? Required => null;

    protected ITableStore Store => context.Store;

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string name = ResourceName.Of(arguments.RequiredText("TableName"));
        var placeholders = new Placeholders(arguments.Object("ExpressionAttributeNames"), arguments.Object("ExpressionAttributeValues"));
        foreach ((string legacy, string instead) in Legacy)
        {
            if (arguments.Value(legacy) is not null)
            {
                arguments.Refuse(TableErrors.Unsupported(legacy, instead));
            }
        }

        if (Required is { } required && arguments.Value(required) is null)
        {
            arguments.Refuse(TableErrors.NullMember(required));
        }

        if ((arguments.Problem ?? placeholders.CheckValues()) is { } problem)
        {
            return TableErrors.Invalid(call, problem);
        }

        if (context.Store is UnconfiguredTableStore)
        {
            return TableErrors.NoStore(call, context.Hints);
        }

        return context.Tables.TryGetValue(name, out Table? table)
            ? await ExecuteAsync(new(call, arguments, placeholders, table), cancellationToken)
            : TableErrors.NoTable(call, name, context.Hints);
    }

    protected abstract Task<TaskOutcome> ExecuteAsync(TableCall call, CancellationToken cancellationToken);

    /// <summary>Changes an item, and answers as the call was answered the first time.</summary>
    protected async Task<TaskOutcome> ChangeAsync(TableCall call, TableKey key, Func<JsonObject?, ItemChange> change, CancellationToken cancellationToken)
    {
        JsonObject outcome = await Store.ChangeAsync(
            call.Table.Name, key, new(call.Call.ExecutionArn, call.Call.IdempotencyKey), change, cancellationToken);
        return TableOutcome.AnswerOf(outcome) is { } answer ? Answer(call.Call, answer) : TableOutcome.FailureOf(outcome, call.Call);
    }

    protected TaskCompleted Answer(TaskCall call, JsonObject answer)
    {
        var output = new JsonObjectBuilder();
        foreach ((string name, JsonValue value) in answer)
        {
            output.Set(name, value);
        }

        byte[] wire = answer.ToUtf8();
        SdkMetadata.AddTo(
            output,
            call,
            context.Time.GetUtcNow(),
            SdkMetadata.Json10,
            wire.Length,
            ("Connection", "keep-alive"),
            ("Server", "Server"),
            ("x-amz-crc32", Crc32.HashToUInt32(wire).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return new(output.Build());
    }

    protected static JsonObject Member(string name, JsonValue? value) => value is null ? JsonObject.Empty : JsonObject.Create((name, value));
}
