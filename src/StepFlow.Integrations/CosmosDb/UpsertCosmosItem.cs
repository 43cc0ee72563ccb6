using Microsoft.Azure.Cosmos;
using StepFlow.Integrations.Responses;

namespace StepFlow.Integrations.CosmosDb;

/// <summary><c>azure:cosmos:upsertItem</c>: creates an <c>Item</c>, or replaces the one with its <c>id</c>.</summary>
internal sealed class UpsertCosmosItem(CosmosAccounts accounts, SettingHints hints) : CosmosAction("upsertItem", accounts, hints)
{
    protected override Func<Container, CancellationToken, Task<TaskOutcome>> Prepare(ArgumentReader arguments, TaskCall call)
    {
        JsonObject item = arguments.RequiredObject("Item");
        PartitionKey key = CosmosKey.Require(arguments, call.Arguments);
        ItemRequestOptions options = Options(arguments);
        if (arguments.Problem is null && item["id"] is not JsonString)
        {
            arguments.Refuse(TaskErrors.InvalidArgument("Item.id", "a string"));
        }

        return async (container, cancellationToken) =>
        {
            using MemoryStream content = Content(item);
            return await ItemAsync(container.UpsertItemStreamAsync(content, key, options, cancellationToken), cancellationToken);
        };
    }
}
