using StepFlow.Integrations.Tables.Expressions;

namespace StepFlow.Integrations.Tables;

/// <summary>Changes an item, or creates it (DynamoDB API, UpdateItem).</summary>
internal sealed class UpdateItem(TableContext context, bool sdk) : ItemWrite(context, sdk)
{
    protected override string Action => "updateItem";

    protected internal override string? Required => "Key";

    public override PreparedChange? Prepare(TableCall call)
    {
        TableKey? key = call.ReadKey();
        IReadOnlyList<UpdateAction> actions = ReadUpdate(call);
        Condition? condition = call.ReadCondition("ConditionExpression");
        string wanted = call.ReadReturnValues("ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW");
        JsonObject? created = call.Arguments.Object("Key");
        return call.Problem is not null ? null : new(key!.Value, existing => Change(existing, created!, actions, condition, wanted));
    }

    private static ItemChange Change(JsonObject? existing, JsonObject created, IReadOnlyList<UpdateAction> actions, Condition? condition, string wanted)
    {
        if (condition?.Holds(existing ?? JsonObject.Empty) == false)
        {
            return ItemChange.None(TableOutcome.ConditionFailed);
        }

        JsonObject before = existing ?? created;
        JsonObject item = before;
        foreach (UpdateAction action in actions)
        {
            item = action.Apply(before, item, out string? refusal);
            if (refusal is not null)
            {
                return ItemChange.None(TableOutcome.Invalid(refusal));
            }
        }

        return ItemChange.Put(item, TableOutcome.Response(Returned(wanted, existing, item, actions)));
    }

    private static IReadOnlyList<UpdateAction> ReadUpdate(TableCall call)
    {
        if (call.Arguments.Text("UpdateExpression") is not { } text)
        {
            return [];
        }

        var reader = new ExpressionReader("UpdateExpression", text, call.Placeholders);
        IReadOnlyList<UpdateAction> actions = UpdateParser.Parse(reader);
        if (reader.Problem is { } problem)
        {
            call.Arguments.Refuse(problem);
        }

        if (actions.Select(static action => action.Path.Attribute).FirstOrDefault(call.Table.IsKey) is { } attribute)
        {
            call.Arguments.Refuse(TableErrors.KeyUpdate(attribute));
        }

        return actions;
    }

    private static JsonObject Returned(string wanted, JsonObject? before, JsonObject after, IReadOnlyList<UpdateAction> actions)
    {
        JsonObject? attributes = wanted switch
        {
            "ALL_OLD" => before,
            "ALL_NEW" => after,
            "UPDATED_OLD" when before is not null => Touched(before, actions),
            "UPDATED_NEW" => Touched(after, actions),
            _ => null,
        };
        return attributes is { Count: > 0 } ? JsonObject.Create(("Attributes", attributes)) : JsonObject.Empty;
    }

    private static JsonObject Touched(JsonObject item, IReadOnlyList<UpdateAction> actions) =>
        TableCall.Project(item, [.. actions.Select(static action => action.Path)]);
}
