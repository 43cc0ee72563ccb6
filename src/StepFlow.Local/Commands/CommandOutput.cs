using System.CommandLine;
using StepFlow.Language.Json;

namespace StepFlow.Local.Commands;

/// <summary>Where a command writes: JSON for programs, text for people.</summary>
internal sealed class CommandOutput
{
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

    /// <summary>Writes a table for people: no wider than the terminal, as wide as it is where there is none.</summary>
    public static void WriteTable(TextWriter output, TextTable table) => table.Write(output, output == System.Console.Out && !System.Console.IsOutputRedirected ? TerminalWidth() : null);

    // A terminal that does not know its width says 0.
    private static int? TerminalWidth()
    {
        try
        {
            return System.Console.WindowWidth is > 0 and int width ? width : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
