using StepFlow.Local.Terminals;

namespace StepFlow.Local.Commands;

/// <summary>Shows the response of DescribeExecution as text.</summary>
internal static class ExecutionReport
{
    public static string Status(JsonObject execution) => execution.Text("status") ?? string.Empty;

    public static void Write(CommandOutput view, JsonObject execution) => view.Write(execution, output =>
    {
        foreach ((string label, string member) in (ReadOnlySpan<(string, string)>)
            [
                ("Execution", "executionArn"), ("Status", "status"), ("Started", "startDate"), ("Stopped", "stopDate"), ("Redriven", "redriveDate"),
                ("Error", "error"), ("Cause", "cause"),
            ])
        {
            if (execution.Text(member) is { } text)
            {
                output.WriteLine($"{label + ":",-11}{TerminalText.Of(output).Paint(text, member == "status" ? text : string.Empty)}");
            }
        }

        if (execution["problems"] is { } problems)
        {
            output.WriteLine("It cannot continue:");
            ProblemText.Write(output, problems);
            output.WriteLine("Try it again now with: stepflow retry");
        }

        WritePayload(output, "Input", execution["input"]);
        WritePayload(output, "Output", execution["output"]);
    });

    private static void WritePayload(TextWriter output, string label, JsonValue? value)
    {
        if (value is not null)
        {
            output.WriteLine($"{label}:");
            output.WriteLine(value.ToIndentedString());
        }
    }
}
