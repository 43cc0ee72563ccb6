namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>A separator, so many digits from the right.</summary>
internal readonly record struct GroupingSeparator(int Position, string Character);
