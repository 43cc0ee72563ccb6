namespace StepFlow.Local.Failures;

/// <summary>A data folder cannot be used. Nothing in it was changed.</summary>
internal sealed class JournalException(JournalProblem problem, string message, Exception? inner = null) : Exception(message, inner)
{
    public JournalProblem Problem { get; } = problem;
}
