using StepFlow.Language.Json;

namespace StepFlow.Language.JsonPath;

/// <summary>One evaluation of an indefinite path: what was found so far.</summary>
internal sealed class PathWalk(JsonValue root, PathSegment[] segments, PathBudget budget)
{
    private readonly List<JsonValue> _found = [];

    /// <summary>What <c>$</c> stands for inside a filter.</summary>
    public JsonValue Root { get; } = root;

    public PathBudget Budget { get; } = budget;

    /// <summary>Applies the segments from <paramref name="index"/> on.</summary>
    public void Continue(JsonValue value, int index)
    {
        if (!Budget.Take(1))
        {
            return;
        }

        if (index == segments.Length)
        {
            _found.Add(value);
        }
        else
        {
            segments[index].Collect(value, index + 1, this);
        }
    }

    /// <summary>What was found; null where that is not all.</summary>
    public JsonArray? ToArray() => Budget.IsSpent ? null : JsonArray.Adopt([.. _found]);
}
