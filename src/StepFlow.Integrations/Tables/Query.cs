using StepFlow.Integrations.Tables.Expressions;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Integrations.Tables;

/// <summary>Finds the items of a partition by their sort key (DynamoDB API, Query).</summary>
internal sealed class Query(TableContext context, bool sdk) : TableSearch(context, sdk)
{
    protected override string Action => "query";

    protected override async Task<TaskOutcome> ExecuteAsync(TableCall call, CancellationToken cancellationToken)
    {
        Condition? keys = call.ReadCondition("KeyConditionExpression");
        string? partition = keys is null ? null : PartitionOf(keys, call.Table);
        if (partition is null)
        {
            call.Arguments.Refuse($"Query condition missed key schema element: {call.Table.PartitionKey}");
        }

        return await SearchAsync(call, partition, keys, cancellationToken);
    }

    private static string? PartitionOf(Condition condition, Table table) => condition switch
    {
        And both => PartitionOf(both.Left, table) ?? PartitionOf(both.Right, table),
        Comparison { Symbol: "=", Left: PathOperand path, Right: ValueOperand value } when path.Path.ToString() == table.PartitionKey => AttributeValue.KeyPart(value.Value),
        _ => null,
    };
}
