using System.CommandLine;
using StepFlow.Language.Catalogue;
using StepFlow.Language.Compilation;
using StepFlow.Local.Debugging;

namespace StepFlow.Local.Commands;

/// <summary>Checks the breakpoints of a run.</summary>
internal static class RunBreakpoints
{
    public static Option<string[]> Option { get; } = new("--breakpoint")
    {
        Description = "Stop before this state, and open a prompt that shows and changes its data. Can be repeated. Commands are read from standard input.",
        HelpName = "STATE",
        DefaultValueFactory = static _ => [],
    };

    /// <summary>The debugger that a run has; null without breakpoints.</summary>
    /// <param name="readsInput">Whether the definition or the input comes from standard input.</param>
    /// <param name="time">The clock of the run.</param>
    /// <param name="quit">Ends the run.</param>
    /// <exception cref="CommandException">The state does not exist, or standard input is used for something else.</exception>
    public static BreakpointDebugger? Read(ParseResult arguments, StateMachine machine, bool readsInput, TimeProvider time, Action quit)
    {
        HashSet<string> breakpoints = [.. arguments.GetValue(Option) ?? []];
        if (breakpoints.Count == 0)
        {
            return null;
        }

        if (readsInput)
        {
            throw new CommandException(ExitCodes.Usage, "--breakpoint reads commands from standard input: give the definition and the input as files.");
        }

        HashSet<string> states = [.. StateNames(machine.Graph)];
        return breakpoints.FirstOrDefault(name => !states.Contains(name)) is { } unknown
            ? throw new CommandException(
                ExitCodes.Usage,
                $"--breakpoint {unknown}: there is no such state. {(SimilarNames.Find(unknown, states) is { } near ? $"Did you mean {near}?" : $"States: {string.Join(", ", states)}.")}")
            : new(breakpoints, new(System.Console.In, arguments.InvocationConfiguration.Error, time), quit);
    }

    private static IEnumerable<string> StateNames(StateGraph graph) => graph.States.Values.SelectMany(static state => (IEnumerable<string>)(state switch
    {
        CompiledParallel parallel => [state.Name, .. parallel.Branches.SelectMany(StateNames)],
        CompiledMap map => [state.Name, .. StateNames(map.Processor)],
        _ => [state.Name],
    }));
}
