using System.Text;

namespace StepFlow.Functions.Tests.Durable;

/// <summary>What a back end was asked for, and what went wrong.</summary>
internal sealed class DurableTally
{
    /// <summary>The most characters of a custom status: 16 KB of UTF-16.</summary>
    private const int CustomStatusLimit = 8 * 1024;

    private readonly Lock _gate = new();
    private readonly List<Exception> _failures = [];

    public IReadOnlyList<Exception> Failures
    {
        get
        {
            lock (_gate)
            {
                return [.. _failures];
            }
        }
    }

    public Dictionary<DurableActionKind, int> Counts { get; } = [];

    public Dictionary<string, int> ActivityCalls { get; } = new(StringComparer.OrdinalIgnoreCase);

    public int LargestMessage { get; private set; }

    /// <summary>The bytes of all that was asked for and all that came back: what the back end stores in histories.</summary>
    public long Bytes { get; private set; }

    public int Episodes { get; private set; }

    public void Add(EpisodeOutcome outcome)
    {
        Episodes++;
        foreach (DurableAction action in outcome.Requested)
        {
            Bytes += action.Data is null ? 0 : Encoding.UTF8.GetByteCount(action.Data);
            Counts[action.Kind] = Counts.GetValueOrDefault(action.Kind) + 1;
            if (action.Kind == DurableActionKind.Activity)
            {
                ActivityCalls[action.Name] = ActivityCalls.GetValueOrDefault(action.Name) + 1;
            }
        }

        Measure(outcome.LargestAction);
        if (outcome.CustomStatus is { Length: > CustomStatusLimit } status)
        {
            AddFailure($"A custom status has {status.Length} characters.");
        }
    }

    /// <summary>A message that is sent.</summary>
    public string? Measure(string? message)
    {
        int bytes = message is null ? 0 : Encoding.UTF8.GetByteCount(message);
        Bytes += bytes;
        Measure(bytes);
        return message;
    }

    public void AddFailure(string message) => AddFailure(new InvalidOperationException(message));

    public void AddFailure(Exception failure)
    {
        lock (_gate)
        {
            _failures.Add(failure);
        }
    }

    private void Measure(int bytes)
    {
        LargestMessage = Math.Max(LargestMessage, bytes);
        if (bytes >= DurableDouble.MessageLimit)
        {
            AddFailure($"A message has {bytes} bytes.");
        }
    }
}
