using Microsoft.Azure.Cosmos;
using StepFlow.Integrations.Responses;

namespace StepFlow.Integrations.CosmosDb;

/// <summary><c>azure:cosmos:readItem</c>: an item by its <c>Id</c> and <c>PartitionKey</c>.</summary>
internal sealed class ReadCosmosItem(CosmosAccounts accounts, SettingHints hints) : CosmosAction("readItem", accounts, hints)
{
    protected override Func<Container, CancellationToken, Task<TaskOutcome>> Prepare(ArgumentReader arguments, TaskCall call)
    {
        string id = arguments.RequiredText("Id");
        PartitionKey key = CosmosKey.Require(arguments, call.Arguments);
        return (container, cancellationToken) => ItemAsync(container.ReadItemStreamAsync(id, key, cancellationToken: cancellationToken), cancellationToken);
    }
}
