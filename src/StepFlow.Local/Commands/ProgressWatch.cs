using System.Globalization;
using StepFlow.Execution.History;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.InMemory;

namespace StepFlow.Local.Commands;

/// <summary>Shows a run's progress: a line for each entered state, each failed task, and each progress message of a task.</summary>
internal sealed class ProgressWatch(TextWriter output) : ExecutionWatch
{
    /// <summary>A loop of a million states must not spend its time on telling.</summary>
    private const int MaxLines = 1000;

    private readonly Lock _gate = new();
    private int _lines;

    public override void OnTurn(Turn turn)
    {
        foreach (HistoryEvent entry in turn.Events)
        {
            switch (entry.Details)
            {
                case StateEnteredDetails entered:
                    Write($"{CommandTime.OfDay(entry.Timestamp)} {entered.Name}");
                    break;
                case TaskFailureDetails failed:
                    Write($"{CommandTime.OfDay(entry.Timestamp)}   {entry.Type}: {failed.Error} {failed.Cause}");
                    break;
                case FailureDetails failed when entry.Type is not HistoryEventType.ExecutionFailed:
                    Write($"{CommandTime.OfDay(entry.Timestamp)}   {entry.Type}: {failed.Error} {failed.Cause}");
                    break;
            }
        }
    }

    public override void OnProgress(string stateName, TaskProgress progress) =>
        Write(progress.Fraction is { } fraction
            ? string.Create(CultureInfo.InvariantCulture, $"  {stateName}: {fraction:P0} {progress.Message}")
            : $"  {stateName}: {progress.Message}");

    private void Write(string line)
    {
        lock (_gate)
        {
            if (++_lines <= MaxLines)
            {
                output.WriteLine(line.TrimEnd());
            }
            else if (_lines == MaxLines + 1)
            {
                output.WriteLine("…");
            }
        }
    }
}
