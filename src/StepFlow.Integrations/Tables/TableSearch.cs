using StepFlow.Integrations.Tables.Expressions;

namespace StepFlow.Integrations.Tables;

/// <summary>What Query and Scan share: order, pages, filter, projection.</summary>
internal abstract class TableSearch(TableContext context, bool sdk) : TableIntegration(context, sdk)
{
    /// <summary>Items beyond these are another page, as DynamoDB pages by 1 MB.</summary>
    private const int MaxItems = 10_000;

    /// <summary>The index that is searched; null for the table itself.</summary>
    protected static TableKeys? ReadIndex(TableCall call)
    {
        if (call.Arguments.Text("IndexName") is not { } name)
        {
            return null;
        }

        TableKeys? index = call.Table.Index(name);
        if (index is null)
        {
            call.Arguments.Refuse(TableErrors.NoIndex(name, call.Table.Name));
        }

        return index;
    }

    protected async Task<TaskOutcome> SearchAsync(TableCall call, string? partition, Condition? keys, TableKeys? index, CancellationToken cancellationToken)
    {
        string[] order = [.. (index?.Attributes ?? []).Concat(call.Table.Keys.Attributes).Distinct()];
        Condition? filter = call.ReadCondition("FilterExpression");
        List<AttributePath>? projection = call.ReadProjection();
        bool forward = call.Arguments.Boolean("ScanIndexForward") ?? true;
        bool countOnly = call.Arguments.Text("Select") == "COUNT";
        int most = (int)(call.Arguments.Integer("Limit", 1, MaxItems) ?? MaxItems);
        JsonObject? after = call.Arguments.Object("ExclusiveStartKey");
        if (after is not null && (after.Count != order.Length || !order.All(attribute => AttributeValue.KeyPart(after[attribute]) is not null)))
        {
            call.Arguments.Refuse(TableErrors.KeyMismatch);
        }

        if (call.Problem is { } problem)
        {
            return TableErrors.Invalid(call.Call, problem);
        }

        List<JsonObject> items = [];
        await foreach (JsonObject item in StoreFor(call).ListAsync(call.Table.Name, index is null ? partition : null, cancellationToken))
        {
            if (keys?.Holds(item) != false && index?.AreIn(item) != false)
            {
                items.Add(item);
            }
        }

        items.Sort(forward ? Compare : (left, right) => Compare(right, left));
        if (after is not null)
        {
            items.RemoveAll(item => (forward ? Compare(item, after) : Compare(after, item)) <= 0);
        }

        JsonObject? last = items.Count > most ? JsonObject.Create([.. order.Select(attribute => (attribute, items[most - 1][attribute]!))]) : null;
        JsonObject[] page = [.. items.Take(most)];
        JsonObject[] found = [.. page.Where(item => filter?.Holds(item) != false)];
        return Response(call.Call, new JsonObjectBuilder()
            .Set("Count", found.Length)
            .SetIfPresent("Items", countOnly ? null : JsonArray.From(found.Select(item => TableCall.Project(item, projection))))
            .SetIfPresent("LastEvaluatedKey", last)
            .Set("ScannedCount", page.Length)
            .Build());

        // By partition key, then by sort key, each in the order of its type.
        int Compare(JsonObject left, JsonObject right) => order
            .Select(attribute => AttributeValue.Compare(left[attribute]!, right[attribute]!)
                ?? string.CompareOrdinal(AttributeValue.KeyPart(left[attribute]), AttributeValue.KeyPart(right[attribute])))
            .FirstOrDefault(static compared => compared != 0);
    }
}
