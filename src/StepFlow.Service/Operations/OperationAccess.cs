namespace StepFlow.Service.Operations;

/// <summary>The access that an operation needs, for the allow list of an access key.</summary>
public enum OperationAccess
{
    /// <summary>It reads.</summary>
    Read,

    /// <summary>It starts executions, or works on them as a worker does: activities, task tokens.</summary>
    Start,

    /// <summary>It stops, redrives, retries or slows down executions of any caller.</summary>
    Operate,

    /// <summary>It changes state machines, activities or tags.</summary>
    Admin,
}
