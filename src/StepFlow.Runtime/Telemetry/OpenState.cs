namespace StepFlow.Runtime.Telemetry;

/// <summary>A state that was entered and not exited.</summary>
/// <param name="name">Its name.</param>
/// <param name="start">When it was entered.</param>
/// <param name="parent">The Map or Parallel state in which it runs; null for none.</param>
public sealed class OpenState(string name, DateTimeOffset start, OpenState? parent)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>When it was entered.</summary>
    public DateTimeOffset Start => start;

    /// <summary>The type of its last failure; null for none.</summary>
    public string? Failure { get; set; }

    internal OpenState? Parent => parent;

    /// <summary>The states that run in it.</summary>
    internal HashSet<OpenState> Children { get; } = [];

    /// <summary>The ids of its events, and of those with which states in it were exited.</summary>
    internal List<long> EventIds { get; } = [];
}
