using Microsoft.Azure.Cosmos;
using StepFlow.Integrations.Responses;

namespace StepFlow.Integrations.CosmosDb;

/// <summary>
/// <c>azure:cosmos:createItem</c>: creates an <c>Item</c>. One without <c>id</c> gets an id that is the same for every repetition of
/// the attempt, so that it is created once.
/// </summary>
internal sealed class CreateCosmosItem(CosmosAccounts accounts, SettingHints hints) : CosmosAction("createItem", accounts, hints)
{
    protected override Func<Container, CancellationToken, Task<TaskOutcome>> Prepare(ArgumentReader arguments, TaskCall call)
    {
        JsonObject item = arguments.RequiredObject("Item");
        PartitionKey key = CosmosKey.Require(arguments, call.Arguments);
        ItemRequestOptions options = Options(arguments);
        string? derived = item.ContainsKey("id") ? null : RequestId.Derive(call.IdempotencyKey, "cosmos");
        JsonObject complete = derived is null ? item : item.With("id", derived);
        return async (container, cancellationToken) =>
        {
            using MemoryStream content = Content(complete);
            TaskOutcome outcome = await ItemAsync(container.CreateItemStreamAsync(content, key, new ItemRequestOptions { EnableContentResponseOnWrite = true }, cancellationToken), cancellationToken);

            // Nobody else has this id: an earlier call of the same attempt created it.
            return derived is not null && outcome is TaskRejected { Error: CosmosErrors.Conflict }
                ? await ItemAsync(container.ReadItemStreamAsync(derived, key, cancellationToken: cancellationToken), cancellationToken)
                : outcome;
        };
    }
}
