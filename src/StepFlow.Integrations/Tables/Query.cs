using StepFlow.Integrations.Tables.Expressions;

namespace StepFlow.Integrations.Tables;

/// <summary>Finds the items of a partition by their sort key (DynamoDB API, Query).</summary>
internal sealed class Query(TableContext context, bool sdk) : TableSearch(context, sdk)
{
    protected override string Action => "query";

    protected override async Task<TaskOutcome> ExecuteAsync(TableCall call, CancellationToken cancellationToken)
    {
        Condition? keys = call.ReadCondition("KeyConditionExpression");
        TableKeys? index = ReadIndex(call);
        TableKeys searched = index ?? call.Table.Keys;
        string? partition = keys is null ? null : PartitionOf(keys, searched);
        if (partition is null)
        {
            call.Arguments.Refuse($"Query condition missed key schema element: {searched.PartitionKey}");
        }

        return await SearchAsync(call, partition, keys, index, cancellationToken);
    }

    private static string? PartitionOf(Condition condition, TableKeys keys) => condition switch
    {
        And both => PartitionOf(both.Left, keys) ?? PartitionOf(both.Right, keys),
        Comparison { Symbol: "=", Left: PathOperand path, Right: ValueOperand value } when path.Path.ToString() == keys.PartitionKey => AttributeValue.KeyPart(value.Value),
        _ => null,
    };
}
