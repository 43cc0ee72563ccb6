using Microsoft.Azure.Cosmos;
using Newtonsoft.Json.Linq;
using static StepFlow.Integrations.CosmosDb.CosmosResponse;

namespace StepFlow.Integrations.CosmosDb;

/// <summary>The actions of <c>azure:cosmos</c> on one item.</summary>
internal static class CosmosActions
{
    public static readonly (string Name, CosmosPreparation Prepare)[] All =
    [
        ("readItem", Read),
        ("createItem", Create),
        ("upsertItem", Upsert),
        ("patchItem", Patch),
        ("deleteItem", Delete),
        ("queryItems", CosmosQuery.Prepare),
    ];

    /// <summary><c>azure:cosmos:readItem</c>: an item by its <c>Id</c> and <c>PartitionKey</c>.</summary>
    private static CosmosRequest Read(ArgumentReader arguments, TaskCall call)
    {
        string id = arguments.RequiredText("Id");
        PartitionKey key = CosmosKey.Require(arguments, call.Arguments);
        return (container, cancellationToken) => ItemAsync(container.ReadItemStreamAsync(id, key, cancellationToken: cancellationToken), cancellationToken);
    }

    /// <summary>
    /// <c>azure:cosmos:createItem</c>: creates an <c>Item</c>. One without <c>id</c> gets an id that is the same for every repetition of
    /// the attempt, so that it is created once.
    /// </summary>
    private static CosmosRequest Create(ArgumentReader arguments, TaskCall call)
    {
        JsonObject item = arguments.RequiredObject("Item");
        PartitionKey key = CosmosKey.Require(arguments, call.Arguments);
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

    /// <summary><c>azure:cosmos:upsertItem</c>: creates an <c>Item</c>, or replaces the one with its <c>id</c>.</summary>
    private static CosmosRequest Upsert(ArgumentReader arguments, TaskCall call)
    {
        JsonObject item = arguments.RequiredObject("Item");
        PartitionKey key = CosmosKey.Require(arguments, call.Arguments);
        ItemRequestOptions options = IfMatch<ItemRequestOptions>(arguments);
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

    /// <summary>
    /// <c>azure:cosmos:patchItem</c>: changes parts of an item by <c>Operations</c> (<c>op</c>, <c>path</c>, <c>value</c> as in the REST
    /// API, "Partial document update"), where <c>Condition</c> and <c>IfMatch</c> allow it.
    /// </summary>
    private static CosmosRequest Patch(ArgumentReader arguments, TaskCall call)
    {
        string id = arguments.RequiredText("Id");
        PartitionKey key = CosmosKey.Require(arguments, call.Arguments);
        PatchItemRequestOptions options = IfMatch<PatchItemRequestOptions>(arguments);
        options.FilterPredicate = arguments.Text("Condition");
        PatchOperation?[] operations = [.. (arguments.Array("Operations") ?? JsonArray.Empty).Select(static one => Operation(one as JsonObject ?? JsonObject.Empty))];
        if (operations.Length == 0 || operations.Contains(null))
        {
            arguments.Refuse(TaskErrors.InvalidArgument("Operations", CosmosErrors.Operations));
        }

        return (container, cancellationToken) => ItemAsync(container.PatchItemStreamAsync(id, key, operations!, options, cancellationToken), cancellationToken);
    }

    /// <summary><c>azure:cosmos:deleteItem</c>: deletes the item with this <c>Id</c> and <c>PartitionKey</c>.</summary>
    private static CosmosRequest Delete(ArgumentReader arguments, TaskCall call)
    {
        string id = arguments.RequiredText("Id");
        PartitionKey key = CosmosKey.Require(arguments, call.Arguments);
        ItemRequestOptions options = IfMatch<ItemRequestOptions>(arguments);
        return (container, cancellationToken) => ItemAsync(container.DeleteItemStreamAsync(id, key, options, cancellationToken), cancellationToken);
    }

    /// <summary>The argument <c>IfMatch</c>: the change is made only if the item has this ETag. The response contains the item.</summary>
    private static T IfMatch<T>(ArgumentReader arguments)
        where T : ItemRequestOptions, new() => new() { IfMatchEtag = arguments.Text("IfMatch"), EnableContentResponseOnWrite = true };

    /// <summary>A patch operation; null if it is not valid.</summary>
    private static PatchOperation? Operation(JsonObject operation) => (operation.Text("op"), operation.Text("path"), operation["value"]) switch
    {
        (_, null, _) => null,
        ("add", var path, { } value) => PatchOperation.Add(path, Raw(value)),
        ("set", var path, { } value) => PatchOperation.Set(path, Raw(value)),
        ("replace", var path, { } value) => PatchOperation.Replace(path, Raw(value)),
        ("remove", var path, null) => PatchOperation.Remove(path),
        ("incr", var path, JsonNumber by) => by.TryGetInt64(out long whole) ? PatchOperation.Increment(path, whole) : PatchOperation.Increment(path, by.ToDouble()),
        ("move", var path, null) when operation.Text("from") is { } from => PatchOperation.Move(from, path),
        _ => null,
    };

    // The client serializes values itself, but writes this type unchanged.
    private static JRaw Raw(JsonValue value) => new(value.ToString());

    private static MemoryStream Content(JsonObject item) => new(item.ToUtf8(), writable: false);
}
