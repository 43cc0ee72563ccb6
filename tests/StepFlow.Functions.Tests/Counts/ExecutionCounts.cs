using StepFlow.Functions.Tests.Durable;

namespace StepFlow.Functions.Tests.Counts;

/// <summary>What one execution cost: everything that the durable back end was asked for until nothing ran any more.</summary>
internal sealed record ExecutionCounts
{
    /// <summary>The most bytes that a message may have.</summary>
    public const int MessageLimit = DurableDouble.MessageLimit;

    /// <summary>How often each activity was called.</summary>
    public required IReadOnlyDictionary<string, int> ActivityCalls { get; init; }

    public required int Timers { get; init; }

    /// <summary>The start, a request and a response for each activity, one for each timer and each event that was sent.</summary>
    public required int Messages { get; init; }

    /// <summary>In bytes of UTF-8.</summary>
    public required int LargestMessage { get; init; }

    /// <summary>The bytes of all messages: what goes through the back end's history.</summary>
    public required long Bytes { get; init; }

    public required int Episodes { get; init; }

    public required int Generations { get; init; }

    public int Activities => ActivityCalls.Values.Sum();

    public static ExecutionCounts Of(DurableDouble durable)
    {
        int generations = durable.All().Single().Generation + 1;
        int Count(DurableActionKind kind) => durable.Counts.GetValueOrDefault(kind);
        return new()
        {
            ActivityCalls = new SortedDictionary<string, int>(durable.ActivityCalls.ToDictionary(), StringComparer.Ordinal),
            Timers = Count(DurableActionKind.Timer),
            Messages = 1 + (2 * Count(DurableActionKind.Activity)) + Count(DurableActionKind.Timer) + Count(DurableActionKind.SendEvent),
            LargestMessage = durable.LargestMessage,
            Bytes = durable.Bytes,
            Episodes = durable.Episodes,
            Generations = generations,
        };
    }

    public int Calls(string activity) => ActivityCalls.GetValueOrDefault(activity);

    public override string ToString() =>
        $"activities {Activities} ({string.Join(", ", ActivityCalls.Select(pair => $"{pair.Key} {pair.Value}"))}), timers {Timers}, "
        + $"messages {Messages}, largest message {LargestMessage} bytes of {Bytes}, episodes {Episodes}, generations {Generations}";
}
