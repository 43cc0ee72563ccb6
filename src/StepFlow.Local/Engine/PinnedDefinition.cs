using StepFlow.Language;
using StepFlow.Language.Compilation;
using StepFlow.Runtime.Definitions;

namespace StepFlow.Local.Engine;

/// <summary>A definition that executions are pinned to.</summary>
internal sealed class PinnedDefinition
{
    /// <summary>The definition of a text.</summary>
    /// <exception cref="DefinitionException">The text is not a valid definition.</exception>
    public PinnedDefinition(long id, string text, byte[] hash, byte[] utf8, bool isExpress) =>
        (Id, Text, Hash, Utf8, Machine) = (id, text, hash, utf8, CompiledMachines.Get(text, isExpress ? StateMachineType.Express : StateMachineType.Standard));

    public long Id { get; }

    public string Text { get; }

    public byte[] Hash { get; }

    public byte[] Utf8 { get; }

    public StateMachine Machine { get; }

    /// <summary>Whether the data file is known to have it.</summary>
    public bool IsStored { get; private set; }

    public void MarkStored() => IsStored = true;
}
