using StepFlow.Integrations.Messages;
using StepFlow.Integrations.Tasks;
using StepFlow.Service.Events;

namespace StepFlow.Service.Triggers;

/// <summary>
/// The triggers with an event pattern. Each matching event of their bus starts an execution. The event is the input, in the form in which
/// EventBridge passes it to a target.
/// </summary>
internal sealed class EventRules(IReadOnlyDictionary<string, TriggerOptions> triggers, Lazy<StepFunctionsService> service, TriggerStarts starts) : IEventRules
{
    private readonly (string Name, TriggerOptions Options, EventPattern Pattern)[] _rules =
        [.. triggers.Where(static pair => pair.Value.EventPattern is not null).Select(static pair => (pair.Key, pair.Value, EventPattern.Parse(pair.Value.EventPattern!)))];

    public bool HasRules(string bus) => _rules.Any(rule => rule.Options.EventBus == bus);

    public async Task ApplyAsync(string bus, JsonObject occurrence, CancellationToken cancellationToken)
    {
        ServiceOptions options = service.Value.Options;
        JsonObject complete = occurrence.With("account", options.Account).With("region", options.Region);
        foreach ((string name, TriggerOptions trigger, EventPattern pattern) in _rules)
        {
            if (trigger.EventBus == bus && pattern.Matches(complete))
            {
                ApiResult result = await starts.StartAsync(name, trigger, complete.RequiredText("id"), complete, cancellationToken);
                if (result.Error is { Status: 503 } outage)
                {
                    throw new TaskOutageException(outage.Message);
                }
            }
        }
    }
}
