namespace StepFlow.Conformance.Tests.Asl.Comparison;

/// <summary>The first location at which a response differs from the recording.</summary>
/// <param name="Path">Where.</param>
/// <param name="Expected">What was recorded; null for nothing.</param>
/// <param name="Actual">What came; null for nothing.</param>
internal sealed record Difference(string Path, string? Expected, string? Actual)
{
    private const int Longest = 600;

    public override string ToString() => $"{Path}: expected {Cut(Expected)} but was {Cut(Actual)}";

    private static string Cut(string? text) => text is null ? "nothing" : text.Length <= Longest ? text : text[..Longest] + "…";
}
