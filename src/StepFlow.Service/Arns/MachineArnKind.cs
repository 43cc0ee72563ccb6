namespace StepFlow.Service.Arns;

/// <summary>The kind of resource in the ARN of a state machine.</summary>
internal enum MachineArnKind
{
    /// <summary>The machine itself: <c>stateMachine:NAME</c>.</summary>
    Machine,

    /// <summary>A version: <c>stateMachine:NAME:NUMBER</c>.</summary>
    Version,

    /// <summary>An alias: <c>stateMachine:NAME:ALIAS</c>.</summary>
    Alias,

    /// <summary>A Distributed Map state: <c>stateMachine:NAME/LABEL</c>.</summary>
    MapState,
}
