namespace StepFlow.Runtime.MapRuns;

/// <summary>The start of a record of a file: a row of CSV, a line of JSON Lines, an element of a JSON array, a row group of Parquet.</summary>
/// <param name="Offset">How many bytes of the file, decompressed, are before it; in Parquet, how many row groups; without a file, how many items.</param>
/// <param name="Line">How many line breaks are before it, where errors name lines.</param>
/// <param name="Column">How many bytes of its line are before it, where errors name columns.</param>
public readonly record struct RecordStart(long Offset, long Line = 0, long Column = 0);
