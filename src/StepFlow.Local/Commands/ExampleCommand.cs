using System.CommandLine;

namespace StepFlow.Local.Commands;

/// <summary>A command whose help shows examples.</summary>
internal sealed class ExampleCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;
}
