namespace StepFlow.Local.Client;

/// <summary>The paths of the REST API.</summary>
internal static class ExecutionPath
{
    /// <summary>A machine, by name or ARN.</summary>
    public static string Machine(string machine) => $"api/statemachines/{Uri.EscapeDataString(machine)}";

    /// <summary>The executions of a machine, by name or ARN.</summary>
    public static string OfMachine(string machine) => Machine(machine) + "/executions";

    public static string OfMapRun(string arn) => $"api/mapruns/{Uri.EscapeDataString(arn)}";

    /// <summary>An execution, as the command line names it.</summary>
    /// <exception cref="CommandException">It is neither <c>MACHINE/NAME</c> nor an ARN.</exception>
    public static string Of(string execution)
    {
        if (execution.StartsWith("arn:", StringComparison.Ordinal))
        {
            // An ARN names its state machine, so the state machine in the path is ignored.
            return $"{OfMachine("-")}/{Uri.EscapeDataString(execution)}";
        }

        int at = execution.IndexOf('/', StringComparison.Ordinal);
        return at > 0 && at < execution.Length - 1
            ? $"{OfMachine(execution[..at])}/{Uri.EscapeDataString(execution[(at + 1)..])}"
            : throw new CommandException(ExitCodes.Usage, $"{execution} is not the name of an execution. Use MACHINE/NAME or an ARN.");
    }
}
