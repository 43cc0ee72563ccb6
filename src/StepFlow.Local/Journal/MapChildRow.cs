using StepFlow.Runtime.MapRuns;

namespace StepFlow.Local.Journal;

/// <summary>How a child of a Map Run ended, as the data file has it.</summary>
internal sealed record MapChildRow
{
    /// <summary>A run has fewer children than this.</summary>
    public const long MaxChildren = 1L << 32;

    /// <summary>Its index in the run, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>How many items it works on.</summary>
    public required int Items { get; init; }

    /// <summary>Its status; null where it never started.</summary>
    public required ExecutionStatus? Status { get; init; }

    /// <summary>When it started, in unix milliseconds.</summary>
    public required long StartTime { get; init; }

    /// <summary>When it ended, in unix milliseconds; null where it never started.</summary>
    public required long? StopTime { get; init; }

    /// <summary>How often its run's execution had been redriven when it ended.</summary>
    public required int Redrives { get; init; }

    /// <summary>Its input, as JSON.</summary>
    public required byte[] Input { get; init; }

    /// <summary>Its output, as JSON; null where it did not succeed.</summary>
    public byte[]? Output { get; init; }

    /// <summary>Its error; null where it has none.</summary>
    public string? Error { get; init; }

    /// <summary>Its cause; null where it has none.</summary>
    public string? Cause { get; init; }

    /// <summary>Its history, compressed; null where none is stored.</summary>
    public byte[]? History { get; init; }

    /// <summary>
    /// The position after its items, at which a repeated run can continue to read; null for the last child. If several children
    /// are written together, only the one with the greatest index has it in the data file.
    /// </summary>
    public ItemPosition? Next { get; init; }

    /// <summary>Bytes that it takes, about.</summary>
    public long Size => Input.LongLength + (Output?.LongLength ?? 0) + (History?.LongLength ?? 0) + ((Cause?.Length ?? 0) * 2L) + 100;
}
