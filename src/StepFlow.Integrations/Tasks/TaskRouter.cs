using System.Collections.Frozen;
using StepFlow.Language;
using StepFlow.Language.Evaluation;

namespace StepFlow.Integrations.Tasks;

/// <summary>Finds the integration that a Resource names and runs it. Resources are looked up exactly, service and action as written.</summary>
public sealed class TaskRouter : ITaskRunner
{
    /// <summary>The name of the integration that answers function ARNs used as a Resource (<c>arn:aws:lambda:…:function:NAME</c>).</summary>
    public const string FunctionArn = "function";

    private readonly FrozenDictionary<string, ITaskIntegration> _integrations;

    /// <summary>A router over the integrations given; of two with the same name the last wins, so that a host can replace one.</summary>
    public TaskRouter(IEnumerable<ITaskIntegration> integrations)
    {
        var byName = new Dictionary<string, ITaskIntegration>(StringComparer.Ordinal);
        foreach (ITaskIntegration integration in integrations)
        {
            byName[integration.Name] = integration;
        }

        _integrations = byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The names that can be called, for people and for checks of a definition.</summary>
    public IReadOnlyCollection<string> Names => _integrations.Keys;

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        if (NameOf(call.Resource) is not { } name || !_integrations.TryGetValue(name, out ITaskIntegration? integration))
        {
            return new TaskRejected(ErrorNames.Runtime, TaskErrors.UnknownResource(call.Resource.Text));
        }

        TaskOutcome outcome = await integration.RunAsync(call, cancellationToken);

        // Where the workflow waits for a token or a job, a good answer only says that the request arrived.
        return outcome is TaskCompleted completed && call.Resource.Pattern == TaskPattern.WaitForTaskToken
            ? new TaskAccepted(completed.Output)
            : outcome;
    }

    private static string? NameOf(TaskResource resource) => resource.Kind switch
    {
        TaskResourceKind.Function => FunctionArn,
        TaskResourceKind.Service => resource.Service + ":" + resource.Action,
        _ => null,
    };
}
