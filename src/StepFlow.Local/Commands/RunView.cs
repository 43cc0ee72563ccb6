using System.CommandLine;
using StepFlow.Local.Explanations;
using StepFlow.Local.Terminals;
using StepFlow.Runtime.History;
using StepFlow.Runtime.InMemory;

namespace StepFlow.Local.Commands;

/// <summary>Writes how a run in memory ended.</summary>
/// <param name="error">Where everything but the output is written.</param>
internal sealed class RunView(ParseResult arguments, TextWriter error)
{
    /// <summary>Whether to show the history.</summary>
    public bool WithHistory { get; init; }

    /// <summary>Writes it as the command's options define.</summary>
    /// <param name="explained">How each state made its output; null if that was not asked for.</param>
    public void Write(InMemoryExecution execution, IReadOnlyList<(StateVisit Visit, JsonObject Stages)>? explained)
    {
        TextWriter output = arguments.InvocationConfiguration.Output;
        JsonObject[] events = WithHistory ? [.. execution.History.Select(static entry => HistoryView.Of(entry, withData: true))] : [];
        string status = StatusNames.Of(execution.Status);
        if (arguments.GetValue(CommonOptions.Json))
        {
            var whole = new JsonObjectBuilder().Set("executionArn", execution.Start.ExecutionArn).Set("status", status);
            whole.SetIfPresent("output", execution.Output);
            whole.SetIfPresent("error", execution.Error?.Name is { Length: > 0 } name ? (JsonValue)name : null);
            whole.SetIfPresent("cause", execution.Error?.Cause);
            whole.SetIfPresent("events", WithHistory ? JsonArray.From(events) : null);
            whole.SetIfPresent("states", explained is null ? null : ExplanationView.ToJson(explained));
            output.WriteLine(whole.Build().ToIndentedString());
            return;
        }

        if (WithHistory)
        {
            new CommandOutput(arguments).WriteTable(error, HistoryTable.Of(events));
        }

        if (explained is not null)
        {
            ExplanationView.Write(error, explained);
        }

        string shown = TerminalText.Of(error).Paint(status, status);
        error.WriteLine(execution.Error is { } failed ? $"{shown}: {failed.Name} {failed.Cause}".TrimEnd() : shown);
        if (execution.Output is { } value)
        {
            output.WriteLine(value.ToIndentedString());
        }
    }
}
