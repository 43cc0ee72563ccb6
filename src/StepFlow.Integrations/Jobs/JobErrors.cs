namespace StepFlow.Integrations.Jobs;

/// <summary>The failures of jobs.</summary>
internal static class JobErrors
{
    public const string Lost = "The program ended without a record of its exit: it was killed, or the machine was restarted";

    public const string Stopped = "The job was stopped";

    public static string Exited(int code) => $"The program exited with code {code}";

    public static string NoShell(string reason) => $"A program that is a job needs a POSIX shell (sh), and on Linux setsid: {reason}";

    public static string NoResult(string job, string failure) => $"The job '{job}' ended without a result" + (failure.Length == 0 ? "." : ": " + failure);

    public static string NotFound(string name) => $"The job '{name}' is not known.";

    public static string SeveralContainers(string argument) =>
        TaskErrors.InvalidArgument(argument, "a list with the overrides of one container: a job is one program or one container");
}
