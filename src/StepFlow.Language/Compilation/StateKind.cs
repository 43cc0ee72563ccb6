namespace StepFlow.Language.Compilation;

/// <summary>The types of states (Amazon States Language, "State Types"). The names are those of the field <c>Type</c>.</summary>
public enum StateKind
{
    Task,
    Wait,
    Pass,
    Succeed,
    Fail,
    Choice,
    Parallel,
    Map,
}
