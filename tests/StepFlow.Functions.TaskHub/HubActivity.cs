using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;

namespace StepFlow.Functions.TaskHub;

/// <summary>An activity as the worker's engine runs it.</summary>
/// <param name="activity">The activity.</param>
/// <param name="stopping">Cancelled when the process stops.</param>
internal sealed class HubActivity(AppActivity activity, CancellationToken stopping) : ITaskActivity
{
    public Type InputType => activity.Input;

    public Type OutputType => typeof(object);

    public async Task<object?> RunAsync(TaskActivityContext context, object? input)
    {
        try
        {
            return await activity.RunAsync(input);
        }
        catch (Exception e) when (e is not OutOfMemoryException && stopping.IsCancellationRequested)
        {
            // As the Functions host does when it stops: no response, and the message is delivered again.
            throw new SessionAbortedException("The process stops.", e);
        }
    }
}
