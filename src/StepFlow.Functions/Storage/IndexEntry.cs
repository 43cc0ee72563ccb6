using System.Globalization;

namespace StepFlow.Functions.Storage;

/// <summary>An execution in the index.</summary>
/// <param name="Qualifier">The version or alias it was started through; null for neither.</param>
internal sealed record IndexEntry(string Key, string ExecutionArn, string? Qualifier)
{
    private const int TickDigits = 19;

    public DateTimeOffset StartTime
    {
        get
        {
            // A machine's ARN has no slash except before a Map's label. A key has exactly one more.
            ReadOnlySpan<char> ticks = Key.AsSpan(Key.LastIndexOf('/') + 1, TickDigits);
            return new(DateTimeOffset.MaxValue.UtcTicks - long.Parse(ticks, NumberStyles.None, CultureInfo.InvariantCulture), TimeSpan.Zero);
        }
    }

    /// <summary>Whether a query selects it, as far as the index has the data.</summary>
    public bool Matches(ExecutionQuery query) => query.QualifiedArn is null || query.QualifiedArn == Qualifier;
}
