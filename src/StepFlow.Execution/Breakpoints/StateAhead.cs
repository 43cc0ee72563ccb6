namespace StepFlow.Execution.Breakpoints;

/// <summary>A state that an execution is about to enter. A user of a breakpoint can look at its data and change it.</summary>
public sealed class StateAhead
{
    internal StateAhead(Frame frame) => Frame = frame;

    public required string Name { get; init; }

    /// <summary>Its type, as the definition writes it (<c>Task</c>, <c>Map</c>).</summary>
    public required string Type { get; init; }

    /// <summary>The Parallel and Map states around it, each with the branch or item in brackets and a slash (<c>Encode[2]/</c>); empty for a state of the machine itself.</summary>
    public required string Around { get; init; }

    /// <summary>Its raw input.</summary>
    public required JsonValue Input { get; init; }

    /// <summary>The variables that it can read, including those of the states that contain it.</summary>
    public required JsonObject Variables { get; init; }

    /// <summary>Its location, in the form of <see cref="StateInFlight.Path"/>.</summary>
    public string Path => Around + Name;

    internal Frame Frame { get; }
}
