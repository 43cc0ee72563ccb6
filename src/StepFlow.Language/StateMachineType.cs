namespace StepFlow.Language;

/// <summary>The type of a machine (API field <c>type</c> of <c>CreateStateMachine</c>). Fixed when it is created.</summary>
public enum StateMachineType
{
    /// <summary>Exactly once, durable, up to a year.</summary>
    Standard,

    /// <summary>At least once, up to five minutes, request-response tasks only.</summary>
    Express,
}
