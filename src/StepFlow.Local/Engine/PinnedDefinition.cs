using StepFlow.Language;
using StepFlow.Language.Compilation;
using StepFlow.Language.Loading;

namespace StepFlow.Local.Engine;

/// <summary>A definition that executions are pinned to.</summary>
internal sealed class PinnedDefinition
{
    private PinnedDefinition(long id, string text, byte[] hash, byte[] utf8, StateMachine machine) =>
        (Id, Text, Hash, Utf8, Machine) = (id, text, hash, utf8, machine);

    public long Id { get; }

    public string Text { get; }

    public byte[] Hash { get; }

    public byte[] Utf8 { get; }

    public StateMachine Machine { get; }

    /// <summary>Whether the data file is known to have it.</summary>
    public bool IsKept { get; private set; }

    /// <summary>The definition of a text.</summary>
    /// <exception cref="DefinitionException">The text is no valid definition.</exception>
    public static PinnedDefinition Compile(long id, string text, byte[] hash, byte[] utf8, bool isExpress)
    {
        LoadResult result = StateMachineLoader.Load(text, isExpress ? StateMachineType.Express : StateMachineType.Standard);
        return result.Machine is { } machine
            ? new(id, text, hash, utf8, machine)
            : throw new DefinitionException(string.Join("; ", result.Diagnostics.Where(found => found.IsError)));
    }

    public void MarkKept() => IsKept = true;
}
