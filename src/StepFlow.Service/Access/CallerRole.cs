namespace StepFlow.Service.Access;

/// <summary>What somebody who signed in may do. Each role may do what the ones before it may.</summary>
public enum CallerRole
{
    /// <summary>Read everything.</summary>
    Reader,

    /// <summary>Start, stop and redrive executions, change the concurrency of Map Runs, answer task tokens.</summary>
    Operator,

    /// <summary>Create, change and delete state machines and activities.</summary>
    Author,
}
