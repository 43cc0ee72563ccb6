using System.Globalization;

namespace StepFlow.Benchmarks;

/// <summary>One measured figure. Written as one plain line.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Ours">Ours.</param>
/// <param name="Peer">The peer's in the same run; null where there is none.</param>
/// <param name="Unit">The unit of both.</param>
internal sealed record Figure(string Name, double Ours, double? Peer, string Unit)
{
    /// <summary>Whether less is better: then the ratio is the peer's by ours.</summary>
    public bool LessIsBetter { get; init; }

    public override string ToString()
    {
        string peer = Peer is { } value ? Number(value) : "-";
        string ratio = Peer is { } other ? Number(LessIsBetter ? other / Ours : Ours / other) : "-";
        return $"bench {Name} ours={Number(Ours)} peer={peer} ratio={ratio} unit={Unit}";
    }

    private static string Number(double value) => value.ToString(value >= 1000 ? "F0" : value >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture);
}
