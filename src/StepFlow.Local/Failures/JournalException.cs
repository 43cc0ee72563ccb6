namespace StepFlow.Local.Failures;

/// <summary>A data folder, or something in it, cannot be used. Nothing in it was changed.</summary>
internal sealed class JournalException(JournalProblem problem, string message, Exception? inner = null) : HostDataException(message, inner)
{
    public JournalProblem Problem { get; } = problem;
}
