using StepFlow.Language;

namespace StepFlow.Service.StateMachines;

/// <summary>The wire names of a state machine's type.</summary>
internal static class MachineTypes
{
    public const string Standard = "STANDARD";
    public const string Express = "EXPRESS";

    public static string Name(StateMachineType type) => type == StateMachineType.Express ? Express : Standard;

    public static StateMachineType Parse(string? name) => name == Express ? StateMachineType.Express : StateMachineType.Standard;
}
