namespace StepFlow.Conformance.Tests.Definitions;

/// <summary>Definitions whose authors' verdict the service does not share, each with its reason.</summary>
public static class ArguedVerdicts
{
    private static readonly Dictionary<string, (bool Accepted, string Reason)> Verdicts = new()
    {
    };

    /// <summary>All of them, for reports.</summary>
    public static IEnumerable<(string Id, bool Accepted, string Reason)> All =>
        Verdicts.Select(verdict => (verdict.Key, verdict.Value.Accepted, verdict.Value.Reason));

    /// <summary>Whether the service accepts a definition; null where the authors' verdict stands.</summary>
    public static bool? Of(string id) => Verdicts.TryGetValue(id, out (bool Accepted, string Reason) verdict) ? verdict.Accepted : null;
}
