using System.CommandLine;
using StepFlow.Local.Terminals;

namespace StepFlow.Local.Commands;

/// <summary>Where a command writes: JSON for programs, text for people.</summary>
internal sealed class CommandOutput(ParseResult arguments)
{
    private readonly TextWriter _output = arguments.InvocationConfiguration.Output;
    private readonly bool _json = arguments.GetValue(CommonOptions.Json);
    private readonly bool _wide = arguments.GetValue(CommonOptions.Wide) is not null;

    /// <summary>Writes JSON if the option is set, otherwise text.</summary>
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

    /// <summary>Writes JSON if the option is set, otherwise a table.</summary>
    public void Write(JsonValue json, TextTable table) => Write(json, output => WriteTable(output, table));

    /// <summary>Writes a table that fits the terminal. Without a terminal, or with the option for wide tables, it has its full width.</summary>
    public void WriteTable(TextWriter output, TextTable table)
    {
        TerminalText terminal = TerminalText.Of(output);
        table.Write(output, _wide ? terminal with { Width = null } : terminal);
    }
}
