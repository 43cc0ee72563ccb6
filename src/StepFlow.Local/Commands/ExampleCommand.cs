using System.CommandLine;

namespace StepFlow.Local.Commands;

/// <summary>A command whose help shows examples.</summary>
internal sealed class ExampleCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Whether the command makes hashes or secrets, which need a library of the system.</summary>
    public bool NeedsCryptography { get; set; } = true;
}
