namespace StepFlow.Service.Access;

/// <summary>What an access key may do.</summary>
public enum AccessLevel
{
    /// <summary>Operations that read.</summary>
    ReadOnly,

    /// <summary>Operations that start executions or work on them as a worker does (activities, task tokens).</summary>
    StartOnly,

    /// <summary>Everything.</summary>
    Admin,
}
