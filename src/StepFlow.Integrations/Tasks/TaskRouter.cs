using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Language;
using StepFlow.Language.Catalogue;
using StepFlow.Language.Evaluation;

namespace StepFlow.Integrations.Tasks;

/// <summary>Finds the integration that a Resource names and runs it. Resources are looked up exactly, service and action as written.</summary>
public sealed class TaskRouter : ITaskRunner
{
    /// <summary>The name of the integration that answers function ARNs used as a Resource (<c>arn:aws:lambda:…:function:NAME</c>).</summary>
    public const string FunctionArn = "function";

    private readonly FrozenDictionary<string, ITaskIntegration> _integrations;
    private readonly ILogger _logger;
    private readonly IMappedResources? _mapped;
    private readonly ISecretArguments? _secrets;

    /// <summary>A router over the integrations given; of two with the same name the last wins, so that a host can replace one.</summary>
    /// <param name="logger">Told what is refused and which outages there are.</param>
    public TaskRouter(IEnumerable<ITaskIntegration> integrations, ILogger<TaskRouter>? logger = null)
        : this(integrations, logger, null, null)
    {
    }

    /// <summary>A router over the integrations and over what the settings say of Resources.</summary>
    internal TaskRouter(IEnumerable<ITaskIntegration> integrations, ILogger<TaskRouter>? logger, IMappedResources? mapped, ISecretArguments? secrets)
    {
        _secrets = secrets;
        _mapped = mapped;
        _logger = logger ?? NullLogger<TaskRouter>.Instance;
        var byName = new Dictionary<string, ITaskIntegration>(StringComparer.Ordinal);
        foreach (ITaskIntegration integration in integrations)
        {
            byName[integration.Name] = integration;
        }

        _integrations = byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The names that can be called, for people and for checks of a definition.</summary>
    public IReadOnlyCollection<string> Names => _integrations.Keys;

    /// <summary>What the Resources of a new machine may name: what Step Functions knows, and what is answered here besides.</summary>
    public IntegrationCatalogue Catalogue => IntegrationCatalogue.Aws.With(_integrations.Keys, resource => _mapped?.Find(resource, exactOnly: false) is not null, NamesNear);

    /// <summary>Whether what is said of a Resource that is not known goes on with the near names.</summary>
    internal bool NamesNear { get; init; }

    /// <summary>The names that somebody may have meant by a Resource that is not known.</summary>
    internal IReadOnlyList<string> Near(TaskResource resource) => NamesNear ? IntegrationCatalogue.Near($"{resource.Service}:{resource.Action}", _integrations.Keys) : [];

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        // A setting for this very Resource goes before what is built in, a setting for many after it.
        ITaskIntegration? integration = _mapped?.Find(call.Resource, exactOnly: true)
            ?? (NameOf(call.Resource) is { } name ? _integrations.GetValueOrDefault(name) : null)
            ?? _mapped?.Find(call.Resource, exactOnly: false);
        if (integration is null)
        {
            return new TaskRejected(ErrorNames.Runtime, TaskErrors.UnknownResource(call.Resource.Text, Near(call.Resource)));
        }

        TaskOutcome outcome = _secrets is null
            ? await RunAsync(integration, call, cancellationToken)
            : await _secrets.RunAsync(call, revealed => RunAsync(integration, revealed, cancellationToken), cancellationToken);

        // Where the workflow waits for a token or a job, a good answer only says that the request arrived.
        return outcome is TaskCompleted completed && call.Resource.Pattern == TaskPattern.WaitForTaskToken
            ? new TaskAccepted(completed.Output)
            : outcome;
    }

    private async Task<TaskOutcome> RunAsync(ITaskIntegration integration, TaskCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await integration.RunAsync(call, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure) when (Outages.IsOutage(failure))
        {
            string reason = Outages.ReasonOf(failure);
            IntegrationsLogs.TaskOutage(_logger, call.Resource.Text, call.StateName, call.ExecutionArn, reason);
            call.Progress?.Invoke(new(null, TaskErrors.Outage(reason)));
            throw;
        }
        catch (Exception failure)
        {
            // Repeating it would fail again, and the workflow would never hear of it.
            IntegrationsLogs.TaskRefused(_logger, failure, call.Resource.Text, call.StateName, call.ExecutionArn);
            return new TaskRejected(ErrorNames.TaskFailed, TaskErrors.Refused(call.Resource.Text, Outages.ReasonOf(failure)));
        }
    }

    private static string? NameOf(TaskResource resource) => resource.Kind switch
    {
        TaskResourceKind.Function => FunctionArn,
        TaskResourceKind.Service => resource.Service + ":" + resource.Action,
        _ => null,
    };
}
