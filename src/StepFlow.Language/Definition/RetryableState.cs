namespace StepFlow.Language.Definition;

/// <summary>A state as written that can have retriers and catchers (Amazon States Language, "Errors"): <see cref="TaskState"/>, <see cref="ParallelState"/>, <see cref="MapState"/>.</summary>
public abstract class RetryableState(string name, FieldReader reader, QueryLanguage machineLanguage) : State(name, reader, machineLanguage)
{
    public IReadOnlyList<Retrier> Retry { get; } = [.. reader.Nodes("Retry").Select(static retrier => new Retrier(retrier))];

    public IReadOnlyList<Catcher> Catch { get; } = [.. reader.Nodes("Catch").Select(static catcher => new Catcher(catcher))];
}
