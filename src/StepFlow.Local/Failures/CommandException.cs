namespace StepFlow.Local.Failures;

/// <summary>A command fails for a reason that the user can correct.</summary>
internal class CommandException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
