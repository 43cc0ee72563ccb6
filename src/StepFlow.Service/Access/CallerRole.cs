namespace StepFlow.Service.Access;

/// <summary>The operations that a signed-in caller may call. Each role includes the roles before it.</summary>
public enum CallerRole
{
    /// <summary>Read everything.</summary>
    Reader,

    /// <summary>Start, stop and redrive executions, change the concurrency of Map Runs, complete tasks by their tokens.</summary>
    Operator,

    /// <summary>Create, change and delete state machines and activities.</summary>
    Author,
}
