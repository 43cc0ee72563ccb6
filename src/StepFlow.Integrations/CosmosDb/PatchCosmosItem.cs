using Microsoft.Azure.Cosmos;
using Newtonsoft.Json.Linq;
using StepFlow.Integrations.Responses;

namespace StepFlow.Integrations.CosmosDb;

/// <summary>
/// <c>azure:cosmos:patchItem</c>: changes parts of an item by <c>Operations</c> (<c>op</c>, <c>path</c>, <c>value</c> as in the REST
/// API, "Partial document update"), where <c>Condition</c> and <c>IfMatch</c> allow it.
/// </summary>
internal sealed class PatchCosmosItem(CosmosAccounts accounts, SettingHints hints) : CosmosAction("patchItem", accounts, hints)
{
    protected override Func<Container, CancellationToken, Task<TaskOutcome>> Prepare(ArgumentReader arguments, TaskCall call)
    {
        string id = arguments.RequiredText("Id");
        PartitionKey key = CosmosKey.Require(arguments, call.Arguments);
        var options = new PatchItemRequestOptions { IfMatchEtag = arguments.Text("IfMatch"), FilterPredicate = arguments.Text("Condition"), EnableContentResponseOnWrite = true };
        PatchOperation?[] operations = [.. (arguments.Array("Operations") ?? JsonArray.Empty).Select(static one => Operation(one as JsonObject ?? JsonObject.Empty))];
        if (operations.Length == 0 || operations.Contains(null))
        {
            arguments.Refuse(TaskErrors.InvalidArgument("Operations", CosmosErrors.Operations));
        }

        return (container, cancellationToken) => ItemAsync(container.PatchItemStreamAsync(id, key, operations!, options, cancellationToken), cancellationToken);
    }

    /// <summary>An operation; null if it is not valid.</summary>
    private static PatchOperation? Operation(JsonObject operation) => (Text(operation, "op"), Text(operation, "path"), operation["value"]) switch
    {
        (_, null, _) => null,
        ("add", var path, { } value) => PatchOperation.Add(path, Raw(value)),
        ("set", var path, { } value) => PatchOperation.Set(path, Raw(value)),
        ("replace", var path, { } value) => PatchOperation.Replace(path, Raw(value)),
        ("remove", var path, null) => PatchOperation.Remove(path),
        ("incr", var path, JsonNumber by) => by.TryGetInt64(out long whole) ? PatchOperation.Increment(path, whole) : PatchOperation.Increment(path, by.ToDouble()),
        ("move", var path, null) when Text(operation, "from") is { } from => PatchOperation.Move(from, path),
        _ => null,
    };

    private static string? Text(JsonObject operation, string name) => (operation[name] as JsonString)?.Value;

    // The client serializes values itself, but writes this type unchanged.
    private static JRaw Raw(JsonValue value) => new(value.ToString());
}
