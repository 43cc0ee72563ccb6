using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Comparison;

/// <summary>
/// A history as a tree: an event hangs on the one it follows. What closes a Parallel or a Map follows whichever branch
/// came last, and what is aborted follows the failure, so those hang on the event that opened the Parallel or Map.
/// </summary>
internal sealed class EventTree(JsonObject content)
{
    private readonly List<EventTree> _children = [];
    private EventTree? _parent;
    private bool _closed;

    /// <summary>The event without its ids.</summary>
    public JsonObject Content { get; } = content.Without("id").Without("previousEventId");

    public IReadOnlyList<EventTree> Children => _children;

    private string Type => (Content["type"] as JsonString)?.Value ?? string.Empty;

    public static IReadOnlyList<EventTree> Of(IEnumerable<JsonObject> events)
    {
        var roots = new List<EventTree>();
        var known = new Dictionary<long, EventTree>();
        foreach (JsonObject item in events)
        {
            var node = new EventTree(item);
            EventTree? previous = known.GetValueOrDefault(Number(item, "previousEventId"));
            node._parent = node.Type switch
            {
                "MapStateSucceeded" or "MapStateFailed" or "ParallelStateSucceeded" or "ParallelStateFailed" => Opening(previous, close: true),
                "ExecutionAborted" or "MapRunAborted" => previous,
                var type when type.EndsWith("Aborted", StringComparison.Ordinal) => Opening(previous, close: false),
                _ => previous,
            };
            (node._parent?._children ?? roots).Add(node);
            known[Number(item, "id")] = node;
        }

        return roots;
    }

    private static EventTree? Opening(EventTree? from, bool close)
    {
        for (EventTree? node = from; node is not null; node = node._parent)
        {
            if (node.Type is "MapStateStarted" or "ParallelStateStarted" && !node._closed)
            {
                node._closed = close;
                return node;
            }
        }

        return from;
    }

    private static long Number(JsonObject item, string name) => item[name] is JsonNumber number && number.TryGetInt64(out long value) ? value : 0;
}
