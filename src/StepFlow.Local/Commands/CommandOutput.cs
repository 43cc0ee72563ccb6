using System.CommandLine;
using Spectre.Console;
using StepFlow.Language.Json;

namespace StepFlow.Local.Commands;

/// <summary>Where a command writes: JSON for programs, text for people.</summary>
internal sealed class CommandOutput
{
    /// <summary>What is not a terminal gets tables as wide as they need.</summary>
    private const int UnboundedWidth = 1000;

    private readonly TextWriter _output;
    private readonly bool _json;

    public CommandOutput(ParseResult arguments)
    {
        _output = arguments.InvocationConfiguration.Output;
        _json = arguments.GetValue(CommonOptions.Json);
    }

    /// <summary>Writes JSON where it was asked for, else what people read.</summary>
    public void Write(JsonValue json, Action<TextWriter> people)
    {
        if (_json)
        {
            _output.WriteLine(json.ToIndentedString());
        }
        else
        {
            people(_output);
        }
    }

    /// <summary>Writes a table for people, without colours where nobody sees them.</summary>
    public static void WriteTable(TextWriter output, Table table)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (System.Console.IsOutputRedirected || output != System.Console.Out)
        {
            console.Profile.Width = UnboundedWidth;
        }

        console.Write(table.Border(TableBorder.None));
    }
}
