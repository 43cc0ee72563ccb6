using StepFlow.Language.Json;

namespace StepFlow.Language.JsonPath;

/// <summary>One evaluation of an indefinite path: what was found so far.</summary>
internal sealed class PathWalk(JsonValue root, PathSegment[] segments)
{
    /// <summary>
    /// Several deep scans in one path visit a document many times over; past this many values the walk stops
    /// adding, so that no path can hold a host for minutes.
    /// </summary>
    private const int MaxVisits = 20_000_000;

    private readonly List<JsonValue> _found = [];
    private int _visits;

    /// <summary>What <c>$</c> stands for inside a filter.</summary>
    public JsonValue Root { get; } = root;

    /// <summary>Applies the segments from <paramref name="index"/> on.</summary>
    public void Continue(JsonValue value, int index)
    {
        if (++_visits > MaxVisits)
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

    public JsonArray ToArray() => JsonArray.Adopt([.. _found]);
}
