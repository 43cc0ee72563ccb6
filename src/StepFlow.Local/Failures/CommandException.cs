namespace StepFlow.Local.Failures;

/// <summary>A command cannot do what was asked, for a reason that the caller can act on.</summary>
internal class CommandException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
