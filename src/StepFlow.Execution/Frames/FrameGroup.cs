namespace StepFlow.Execution.Frames;

/// <summary>The branches of a Parallel or the iterations of an inline Map, with their results so far.</summary>
internal abstract class FrameGroup(int count)
{
    /// <summary>The frames by index: null where it has not started, or has succeeded.</summary>
    public Frame?[] Frames { get; } = new Frame?[count];

    /// <summary>The outputs by index; null for those that have not ended.</summary>
    public JsonValue?[] Results { get; } = new JsonValue?[count];

    /// <summary>How many have not ended.</summary>
    public int Remaining { get; set; } = count;

    public int Count => Frames.Length;

    /// <summary>The outputs as the result of the state, once there are all of them. A copy: after a failure the group stays for a redrive.</summary>
    public JsonArray ResultList() => JsonArray.Adopt((JsonValue[])Results.Clone());
}

/// <summary>The branches of a Parallel.</summary>
internal sealed class ParallelGroup(int count) : FrameGroup(count);

/// <summary>The iterations of an inline Map.</summary>
internal sealed class MapGroup(JsonValue items, int count, int concurrency) : FrameGroup(count)
{
    /// <summary>The list: an array, or an object whose members are the items.</summary>
    public JsonValue Items { get; } = items;

    /// <summary>Most iterations at a time.</summary>
    public int Concurrency { get; } = concurrency;

    /// <summary>How many iterations run.</summary>
    public int Running { get; set; }

    /// <summary>The index of the first item whose iteration has not been started.</summary>
    public int Next { get; set; }

    /// <summary>The previous event of the event with which the next iteration starts.</summary>
    public long StartAfterEventId { get; set; }

    public JsonValue Item(int index) => Items switch
    {
        JsonArray array => array[index],
        JsonObject members => members.AsSpan()[index].Value,
        _ => JsonValue.Null,
    };

    /// <summary>The key of an item; null for the items of an array.</summary>
    public string? Key(int index) => Items is JsonObject members ? members.AsSpan()[index].Key : null;

    /// <summary>The number of items of a list.</summary>
    public static int CountOf(JsonValue items) => items switch
    {
        JsonArray array => array.Count,
        JsonObject members => members.Count,
        _ => 0,
    };
}
