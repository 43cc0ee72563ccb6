using Microsoft.Azure.Cosmos;
using StepFlow.Integrations.Responses;

namespace StepFlow.Integrations.CosmosDb;

/// <summary><c>azure:cosmos:deleteItem</c>: deletes the item with this <c>Id</c> and <c>PartitionKey</c>.</summary>
internal sealed class DeleteCosmosItem(CosmosAccounts accounts, SettingHints hints) : CosmosAction("deleteItem", accounts, hints)
{
    protected override Func<Container, CancellationToken, Task<TaskOutcome>> Prepare(ArgumentReader arguments, TaskCall call)
    {
        string id = arguments.RequiredText("Id");
        PartitionKey key = CosmosKey.Require(arguments, call.Arguments);
        ItemRequestOptions options = Options(arguments);
        return (container, cancellationToken) => ItemAsync(container.DeleteItemStreamAsync(id, key, options, cancellationToken), cancellationToken);
    }
}
