using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Language;
using StepFlow.Language.Catalogue;
using StepFlow.Language.Evaluation;

namespace StepFlow.Integrations.Tasks;

/// <summary>Finds the integration of a Resource and runs it. Service and action must match exactly.</summary>
public sealed class TaskRouter : ITaskRunner
{
    /// <summary>The name of the integration for function ARNs as a Resource (<c>arn:aws:lambda:…:function:NAME</c>).</summary>
    public const string FunctionArn = "function";

    private readonly FrozenDictionary<string, ITaskIntegration> _integrations;
    private readonly ILogger _logger;
    private readonly IMappedResources? _mapped;
    private readonly ISecretArguments? _secrets;

    /// <summary>A router over the integrations given; of two with the same name the last wins, so that a host can replace one.</summary>
    /// <param name="logger">The log of rejected tasks and outages.</param>
    public TaskRouter(IEnumerable<ITaskIntegration> integrations, ILogger<TaskRouter>? logger = null)
        : this(integrations, logger, null, null)
    {
    }

    /// <summary>Creates a router for the integrations and for the Resources in the settings.</summary>
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

    /// <summary>The integrations that Resources of new state machines may name: those of Step Functions, and those of this host.</summary>
    public IntegrationCatalogue Catalogue => IntegrationCatalogue.Aws.With(_integrations.Keys, resource => _mapped?.Find(resource, exactOnly: false) is not null, SuggestsSimilar);

    /// <summary>Whether the message about an unknown Resource suggests similar names.</summary>
    internal bool SuggestsSimilar { get; init; }

    /// <summary>The names that are similar to an unknown Resource.</summary>
    internal IReadOnlyList<string> Similar(TaskResource resource) => SuggestsSimilar ? IntegrationCatalogue.Similar($"{resource.Service}:{resource.Action}", _integrations.Keys) : [];

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        // A setting for exactly this Resource overrides a built-in integration. A setting with a pattern does not.
        ITaskIntegration? integration = _mapped?.Find(call.Resource, exactOnly: true)
            ?? (NameOf(call.Resource) is { } name ? _integrations.GetValueOrDefault(name) : null)
            ?? _mapped?.Find(call.Resource, exactOnly: false);
        if (integration is null)
        {
            return new TaskRejected(ErrorNames.Runtime, TaskErrors.UnknownResource(call.Resource.Text, Similar(call.Resource)));
        }

        TaskOutcome outcome = _secrets is null
            ? await RunAsync(integration, call, cancellationToken)
            : await _secrets.RunAsync(call, revealed => RunAsync(integration, revealed, cancellationToken), cancellationToken);

        // If the workflow waits for a token or a job, a success only means that the request was accepted.
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
            // A repetition would fail again, and the workflow would never see the failure.
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
