using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine;
using StepFlow.Runtime.Mocks;

namespace StepFlow.Local.Commands;

/// <summary>The <c>stepflow</c> command.</summary>
internal static class StepFlowCommandLine
{
    /// <summary>How long Ctrl+C waits for a server to stop in order.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        ParseResult parsed = CreateRoot().Parse(arguments);
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TerminationTimeout,
        };
        try
        {
            if (parsed.Action is ParseErrorAction)
            {
                await error.WriteLineAsync($"stepflow: {ParseErrorText.Of(parsed)} See: {Path(parsed.CommandResult.Command)} --help");
                return ExitCodes.Usage;
            }

            if (parsed.CommandResult.Command is ExampleCommand { NeedsCryptography: true } && parsed.Action is not HelpWithExamples)
            {
                SystemLibraries.Require();
            }

            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (CommandException e)
        {
            await error.WriteLineAsync($"stepflow: {e.Message}");
            return e.ExitCode;
        }
        catch (JournalException e)
        {
            await error.WriteLineAsync($"stepflow: {e.Message}");
            return ExitCodeOf(e.Problem);
        }
        catch (MockConfigurationException e)
        {
            await error.WriteLineAsync($"stepflow: {e.Message}");
            return ExitCodes.InvalidConfiguration;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file of the command line cannot be read or written.
            await error.WriteLineAsync($"stepflow: {e.Message}");
            return ExitCodes.InvalidInput;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception e)
        {
            await error.WriteLineAsync($"stepflow: this is a bug in StepFlow: {e}");
            return ExitCodes.Internal;
        }
    }

    public static RootCommand CreateRoot()
    {
        var root = new RootCommand("Runs Amazon States Language state machines, durably and on one machine.");
        foreach (Command command in (Command[])
            [
                ValidateCommand.Create(), RunCommand.Create(), ServeCommand.Create(), StartCommand.Create(), WatchCommand.Create(), TailCommand.Create(), ExecutionCommands.CreateDescribe(),
                HistoryCommand.Create(), LogsCommand.Create(), ListCommand.Create(), ExecutionCommands.CreateStop(), ExecutionCommands.CreateRedrive(), ExecutionCommands.CreateRetry(), ExecutionCommands.CreateProblems(),
                BackfillCommand.Create(), DeployCommand.Create(), ImportCommand.Create(), UpdateCommand.Create(), MachineCommands.CreateDelete(),
                MachineCommands.CreateVersions(), MachineCommands.CreateAliases(), MapRunsCommand.Create(), TagsCommand.Create(), .. SendTaskCommand.Create(), ActivitiesCommand.Create(), TestStateCommand.Create(),
                HealthCommand.Create(), GraphCommand.Create(), EvalCommand.Create(), ResourcesCommand.Create(), FunctionCommand.Create(), ConfigCommand.Create(), CompletionCommand.Create(), McpCommand.Create(),
                DataCommands.CreateBackup(), DataCommands.CreateRestore(), DataCommands.CreateDoctor(), DataCommands.CreateCompact(),
            ])
        {
            root.Subcommands.Add(command);
        }

        HelpOption help = root.Options.OfType<HelpOption>().First();
        help.Action = new HelpWithExamples((SynchronousCommandLineAction)help.Action!);
        return root;
    }

    private static int ExitCodeOf(JournalProblem problem) => problem switch
    {
        JournalProblem.Locked => ExitCodes.DataLocked,
        JournalProblem.Newer => ExitCodes.DataNewer,
        _ => ExitCodes.DataUnusable,
    };

    private static string Path(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : "stepflow";
}
