using StepFlow.Local.Explanations;
using StepFlow.Local.Terminals;
using StepFlow.Runtime.History;
using StepFlow.Runtime.InMemory;

namespace StepFlow.Local.Commands;

/// <summary>How a run in memory ended.</summary>
internal static class RunView
{
    public static void Write(CommandOutput view, TextWriter output, TextWriter error, InMemoryExecution execution, bool history, IReadOnlyList<(StateVisit Visit, JsonObject Stages)>? explained, bool json)
    {
        JsonObject[] events = history ? [.. execution.History.Select(static entry => HistoryView.Of(entry, withData: true))] : [];
        string status = StatusNames.Of(execution.Status);
        if (json)
        {
            var whole = new JsonObjectBuilder().Set("executionArn", execution.Start.ExecutionArn).Set("status", status);
            whole.SetIfPresent("output", execution.Output);
            whole.SetIfPresent("error", execution.Error?.Name is { Length: > 0 } name ? (JsonValue)name : null);
            whole.SetIfPresent("cause", execution.Error?.Cause);
            whole.SetIfPresent("events", history ? JsonArray.From(events) : null);
            whole.SetIfPresent("states", explained is null ? null : ExplanationView.ToJson(explained));
            output.WriteLine(whole.Build().ToIndentedString());
            return;
        }

        if (history)
        {
            view.WriteTable(error, HistoryTable.Of(events));
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
