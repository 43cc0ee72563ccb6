using System.Diagnostics;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Benchmarks.Durable;

/// <summary>Counting tasks that measure the time between two of them.</summary>
/// <param name="first">The number of the task that begins it.</param>
/// <param name="last">The number of the task that ends it.</param>
internal sealed class MarkedTasks(int first, int last) : ITaskRunner
{
    private readonly CountingTasks _tasks = new();
    private long _began;
    private long _ended;

    /// <summary>The time between them.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began, _ended);

    public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        double n = ((JsonNumber)((JsonObject)call.Arguments)["n"]!).ToDouble() + 1;
        if ((int)n == first)
        {
            _began = Stopwatch.GetTimestamp();
        }
        else if ((int)n == last)
        {
            _ended = Stopwatch.GetTimestamp();
        }

        return _tasks.RunAsync(call, cancellationToken);
    }
}
