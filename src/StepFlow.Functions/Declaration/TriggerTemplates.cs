namespace StepFlow.Functions.Declaration;

/// <summary>The names of the functions that the code has for the triggers in the settings.</summary>
internal static class TriggerTemplates
{
    /// <summary>Becomes a function for each schedule.</summary>
    public const string Schedule = "Schedule";

    /// <summary>Becomes a function for each queue.</summary>
    public const string Queue = "Queue";

    /// <summary>Becomes a function for each container that Event Grid watches.</summary>
    public const string Blob = "Blob";

    /// <summary>Polls what no trigger of the platform reports. It is declared only if there is such a trigger.</summary>
    public const string Poll = "Triggers";

    public static IReadOnlyList<string> All { get; } = [Schedule, Queue, Blob, Poll];
}
