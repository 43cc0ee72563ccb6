namespace StepFlow.Service.Operations;

/// <summary>What an operation does, for the allow list of an access key.</summary>
public enum OperationAccess
{
    /// <summary>It reads.</summary>
    Read,

    /// <summary>It starts executions, or works on them as a worker does: activities, task tokens.</summary>
    Start,

    /// <summary>It changes state machines, activities, tags, or other people's executions.</summary>
    Admin,
}
