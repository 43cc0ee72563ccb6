using System.Diagnostics.CodeAnalysis;
using StepFlow.Execution.Breakpoints;
using StepFlow.Runtime.InMemory;

namespace StepFlow.Local.Debugging;

/// <summary>The prompt at a breakpoint. It reads one command in each line, from a terminal or a pipe. The run ends with the input.</summary>
/// <param name="input">The source of commands.</param>
/// <param name="output">Where it writes.</param>
/// <param name="time">The clock of the run.</param>
internal sealed class BreakpointPrompt(TextReader input, TextWriter output, TimeProvider time)
{
    private const int LongestValue = 500;

    private static readonly (string Command, string Meaning)[] Commands =
    [
        ("show", "shows the input and all variables"),
        ("show EXPRESSION", "shows shows a part: $ (or $states.input) is the input, $.a.b a path in it, $name a variable"),
        ("set $ JSON", "replaces the input; set $.a.b JSON changes a part of it, set $name JSON changes a variable"),
        ("next", "runs this state and stops before the next one; a Parallel or Map runs completely"),
        ("step", "like next, but also stops inside a Parallel or Map"),
        ("continue", "runs to the next breakpoint"),
        ("quit", "ends the run"),
    ];

    /// <summary>Shows a state, and reads commands until one continues the run.</summary>
    /// <returns>How the run continues (null to end it), and the input of the state.</returns>
    public async Task<(StepMode? Mode, StateRelease Release)> PromptAsync(StateAhead state, CancellationToken cancellationToken)
    {
        var data = new StoppedData(state.Input, state.Variables, time);
        output.WriteLine($"Stopped before {state.Path} ({state.Type}).");
        Summary("input", data.Input);
        if (data.Variables.Count > 0)
        {
            Summary("variables", data.Variables);
        }

        while (true)
        {
            output.Write("show, set, next, step, continue, quit, help> ");
            output.Flush();

            // Reading blocks and cannot be cancelled. It must not delay the end of the run.
            string? line = await Task.Run(input.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
            if (line is null)
            {
                output.WriteLine();
            }

            (string command, string rest) = Split(line ?? "quit");
            switch (command)
            {
                case "":
                    break;
                case "show":
                    Show(data, rest);
                    break;
                case "set":
                    data = Set(data, rest);
                    break;
                case "next" or "n":
                    return (StepMode.Next, data.Release);
                case "step" or "s":
                    return (StepMode.Step, data.Release);
                case "continue" or "c":
                    return (StepMode.Continue, data.Release);
                case "quit" or "q":
                    return (null, data.Release);
                case "help" or "h" or "?":
                    Help();
                    break;
                default:
                    output.WriteLine($"{command} is not a command. Commands: show, set, next, step, continue, quit, help.");
                    break;
            }
        }
    }

    private static (string Word, string Remainder) Split(string line)
    {
        string[] words = line.Trim().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (words.ElementAtOrDefault(0) ?? string.Empty, words.ElementAtOrDefault(1) ?? string.Empty);
    }

    private void Show(StoppedData data, string expression)
    {
        if (expression.Length == 0)
        {
            output.WriteLine(data.Input.ToIndentedString());
            foreach ((string name, JsonValue value) in data.Variables)
            {
                output.WriteLine($"${name} = {value.ToIndentedString()}");
            }
        }
        else
        {
            output.WriteLine(data.TryFind(expression, out JsonValue? found, out string? problem) ? found.ToIndentedString() : problem);
        }
    }

    private StoppedData Set(StoppedData data, string rest)
    {
        (string target, string text) = Split(rest);
        if (text.Length == 0)
        {
            output.WriteLine("set needs what to set and JSON: set $.price 5");
            return data;
        }

        if (!TryParse(text, out JsonValue? value, out string? problem) || !data.TrySet(target, value, out StoppedData? changed, out problem))
        {
            output.WriteLine(problem);
            return data;
        }

        Summary(target, changed.TryFind(target, out JsonValue? found, out _) ? found : value);
        return changed;
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out JsonValue? value, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            (value, problem) = (JsonValue.Parse(text), null);
            return true;
        }
        catch (JsonFormatException e)
        {
            (value, problem) = (null, $"column {e.Column}: not JSON: {e.Reason}{(text[0] is '\'' || char.IsAsciiLetter(text[0]) ? " A text needs double quotes." : string.Empty)}");
            return false;
        }
    }

    private void Summary(string label, JsonValue value)
    {
        string text = value.ToString();
        output.WriteLine($"  {label,-10} {(text.Length <= LongestValue ? text : text[..LongestValue] + "… (show: all of it)")}");
    }

    private void Help()
    {
        foreach ((string command, string meaning) in Commands)
        {
            output.WriteLine($"  {command,-16} {meaning}");
        }
    }
}
