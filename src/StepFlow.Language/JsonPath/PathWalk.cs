using System.Text;

namespace StepFlow.Language.JsonPath;

/// <summary>One evaluation of an indefinite path: its position, its results, and its failure.</summary>
/// <param name="root">The value of <c>$</c> inside a filter.</param>
/// <param name="budget">The number of values that it may visit.</param>
/// <param name="path">Its position, for messages; null if no message is needed.</param>
internal sealed class PathWalk(JsonValue root, PathSegment[] segments, PathBudget budget, StringBuilder? path = null)
{
    private readonly List<JsonValue> _found = [];

    public JsonValue Root { get; } = root;

    public PathBudget Budget { get; } = budget;

    public PathFault Fault { get; private set; }

    /// <summary>The message of the failure; null if there is no failure or no message is needed.</summary>
    public string? Message { get; private set; }

    /// <summary>Whether it has not failed.</summary>
    public bool IsUnderWay => Fault == PathFault.None;

    public PathSegment Segment(int index) => segments[index];

    /// <summary>Whether nothing comes before the end of the path.</summary>
    public bool IsEnd(int index) => index == segments.Length;

    /// <summary>Continues with the segments from <paramref name="index"/> on, in a member.</summary>
    public void Member(JsonValue value, int index, string name)
    {
        int length = path?.Length ?? 0;
        path?.Append("['").Append(name).Append("']");
        Continue(value, index);
        Return(length);
    }

    /// <summary>The same in an item.</summary>
    public void Item(JsonValue value, int index, int at)
    {
        int length = path?.Length ?? 0;
        path?.Append('[').Append(at).Append(']');
        Continue(value, index);
        Return(length);
    }

    /// <summary>The same without changing the path of messages.</summary>
    public void Continue(JsonValue value, int index)
    {
        if (!IsUnderWay || !Take(1))
        {
            return;
        }

        if (IsEnd(index))
        {
            _found.Add(value);
        }
        else
        {
            segments[index].Collect(value, index + 1, this);
        }
    }

    /// <summary>Counts visited values. The path fails if they exceed the maximum.</summary>
    public bool Take(long visits)
    {
        if (Budget.Take(visits))
        {
            return true;
        }

        Fail(PathFault.Invalid, _ => PathErrors.TooCostly);
        return false;
    }

    /// <summary>Ends the walk.</summary>
    /// <param name="message">Makes the message from the position.</param>
    public void Fail(PathFault fault, Func<string, string> message)
    {
        if (IsUnderWay)
        {
            Fault = fault;
            Message = path is null ? null : message(path.ToString());
        }
    }

    /// <summary>Continues after a failure of what leads to nothing.</summary>
    public void Forgive()
    {
        if (Fault == PathFault.NotFound)
        {
            Fault = PathFault.None;
            Message = null;
        }
    }

    /// <summary>The results; null if the path failed.</summary>
    public JsonArray? ToArray() => IsUnderWay ? JsonArray.Adopt([.. _found]) : null;

    /// <summary>The steps from one on, as messages write them.</summary>
    public string Rest(int index) => Rest(segments, index);

    /// <inheritdoc cref="Rest(int)"/>
    public static string Rest(ReadOnlySpan<PathSegment> segments, int index)
    {
        var text = new StringBuilder();
        foreach (PathSegment segment in segments[index..])
        {
            segment.AppendTo(text);
        }

        return text.ToString();
    }

    private void Return(int length)
    {
        // The position of a failure must not change before the message is made.
        if (path is not null)
        {
            path.Length = length;
        }
    }
}
