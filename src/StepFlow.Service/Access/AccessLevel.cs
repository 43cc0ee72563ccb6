namespace StepFlow.Service.Access;

/// <summary>The operations that an access key allows.</summary>
public enum AccessLevel
{
    /// <summary>Operations that read.</summary>
    ReadOnly,

    /// <summary>Operations that start executions or work on them as a worker does (activities, task tokens).</summary>
    StartOnly,

    /// <summary>Everything.</summary>
    Admin,
}
