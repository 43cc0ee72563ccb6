using StepFlow.Integrations.Tables.Expressions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tables;

/// <summary>What Query and Scan share: order, pages, filter, projection.</summary>
internal abstract class TableSearch(TableContext context, bool sdk) : TableIntegration(context, sdk)
{
    /// <summary>Items beyond these are another page, as DynamoDB pages by 1 MB.</summary>
    private const int MostItems = 10_000;

    protected async Task<TaskOutcome> SearchAsync(TableCall call, string? partition, Condition? keys, CancellationToken cancellationToken)
    {
        Condition? filter = call.ReadCondition("FilterExpression");
        List<AttributePath>? projection = call.ReadProjection();
        bool forward = call.Arguments.Boolean("ScanIndexForward") ?? true;
        bool countOnly = call.Arguments.Text("Select") == "COUNT";
        int most = (int)(call.Arguments.Integer("Limit", 1, MostItems) ?? MostItems);
        JsonObject? after = call.Arguments.Object("ExclusiveStartKey");
        if (after is not null && call.Table.ExactKeyOf(after) is null)
        {
            call.Arguments.Refuse(TableErrors.KeyMismatch);
        }

        if (call.Problem is { } problem)
        {
            return TableErrors.Invalid(call.Call, problem);
        }

        List<JsonObject> items = [];
        await foreach (JsonObject item in Store.ListAsync(call.Table.Name, partition, cancellationToken))
        {
            if (keys?.Holds(item) != false)
            {
                items.Add(item);
            }
        }

        var order = new ItemOrder(call.Table);
        items.Sort(forward ? order.Compare : (left, right) => order.Compare(right, left));
        if (after is not null)
        {
            items.RemoveAll(item => (forward ? order.Compare(item, after) : order.Compare(after, item)) <= 0);
        }

        JsonObject? last = items.Count > most ? call.Table.KeyAttributes(items[most - 1]) : null;
        JsonObject[] page = [.. items.Take(most)];
        JsonObject[] found = [.. page.Where(item => filter?.Holds(item) != false)];
        JsonObjectBuilder answer = new JsonObjectBuilder().Set("Count", found.Length);
        if (!countOnly)
        {
            answer.Set("Items", JsonArray.From(found.Select(item => TableCall.Project(item, projection))));
        }

        return Answer(call.Call, answer.SetIfPresent("LastEvaluatedKey", last).Set("ScannedCount", page.Length).Build());
    }

    /// <summary>By partition key, then by sort key, each in the order of its type.</summary>
    private sealed class ItemOrder(Table table)
    {
        public int Compare(JsonObject left, JsonObject right)
        {
            int partition = Compare(left, right, table.PartitionKey);
            return partition != 0 || table.SortKey is null ? partition : Compare(left, right, table.SortKey);
        }

        private static int Compare(JsonObject left, JsonObject right, string attribute) =>
            AttributeValue.Compare(left[attribute]!, right[attribute]!)
            ?? string.CompareOrdinal(AttributeValue.KeyPart(left[attribute]), AttributeValue.KeyPart(right[attribute]));
    }
}
