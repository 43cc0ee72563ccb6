namespace StepFlow.Language.Jsonata;

/// <summary>The limits of one evaluation. They count work instead of time, so a replay ends in the same way.</summary>
public sealed record JsonataLimits
{
    /// <summary>Those of jsonata-js: deeper nesting and larger values than Step Functions allows. States never have them.</summary>
    public static readonly JsonataLimits Default = new();

    /// <summary>
    /// The limits of Step Functions. Every state has them, with and without quotas. Its limit of five seconds is counted as
    /// steps, which all expressions of a state share: <see cref="ExpressionSteps.MaxOfState"/>.
    /// </summary>
    public static readonly JsonataLimits Aws = new()
    {
        MaxDepth = 100,
        MaxValueBytes = 6_990_256,
        MaxRange = 360_145,
        MaxMemory = 256 * 1024 * 1024,
    };

    /// <summary>How deep expressions and calls may nest while they are evaluated. Tail calls do not nest. Default 1,000.</summary>
    public int MaxDepth { get; init; } = 1_000;

    /// <summary>How many steps an evaluation may take: nodes evaluated, items visited, and one for each 16 bytes built. Default <see cref="ExpressionSteps.MaxOfState"/>.</summary>
    public long MaxSteps { get; init; } = ExpressionSteps.MaxOfState;

    /// <summary>How large a value may be that is built: 8 bytes a number or a reference, 1 a character. Default 256 MiB.</summary>
    public long MaxValueBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>The maximum number of elements of <c>$range</c>. The size of the value limits <c>..</c>. Default 10,000,000.</summary>
    public long MaxRange { get; init; } = 10_000_000;

    /// <summary>How many bytes all values may have that an evaluation builds, those included that it drops again. Default 1 GiB.</summary>
    public long MaxMemory { get; init; } = 1024 * 1024 * 1024;

    internal Budget ToBudget() => new(MaxDepth, MaxSteps, MaxValueBytes, MaxRange, MaxMemory);
}
