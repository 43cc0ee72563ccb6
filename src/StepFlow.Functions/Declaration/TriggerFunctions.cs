using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using StepFlow.Integrations.Messages;
using StepFlow.Runtime.Documents;
using StepFlow.Service.Triggers;

namespace StepFlow.Functions.Declaration;

/// <summary>
/// Declares the functions of the triggers in the settings when the platform asks the app for its functions: a timer for each
/// schedule, a queue trigger for each queue, an Event Grid blob trigger for each container that has a subscription. So the
/// platform wakes and scales the app for them, and a message starts its execution immediately.
/// </summary>
internal sealed class TriggerFunctions : IFunctionMetadataTransformer
{
    private const string NamePrefix = "Trigger_";
    private const int MaxName = 100;
    private const int HashDigits = 8;

    private readonly TriggerFunction[] _functions;

    /// <param name="connection">The setting with the connection to the storage account of workflows; null where the platform has no connection to it.</param>
    /// <param name="messages">How the queues are named, and how their messages are encoded.</param>
    /// <param name="platformZone">The time zone of the platform's timers.</param>
    public TriggerFunctions(IReadOnlyDictionary<string, TriggerOptions> triggers, string? connection, MessageOptions messages, TimeZoneInfo platformZone)
    {
        _functions = [.. triggers.Select(trigger => Of(trigger.Key, trigger.Value, connection, messages, platformZone)).OfType<TriggerFunction>()];
        Polled = [.. triggers
            .Where(trigger => trigger.Value is { Container: not null } or { Queue: not null } && !_functions.Any(function => function.Trigger == trigger.Key))
            .Select(static trigger => trigger.Key)];
    }

    /// <summary>The triggers that have no function of their own. The app polls them.</summary>
    public IReadOnlyList<string> Polled { get; }

    string IFunctionMetadataTransformer.Name => nameof(TriggerFunctions);

    /// <summary>The trigger of a function that runs.</summary>
    public string TriggerOf(FunctionContext function) =>
        _functions.Single(declared => string.Equals(declared.Name, function.FunctionDefinition.Name, StringComparison.OrdinalIgnoreCase)).Trigger;

    /// <summary>Replaces the templates by the functions that the settings need.</summary>
    public void Transform(IList<IFunctionMetadata> original)
    {
        foreach (string name in TriggerTemplates.All)
        {
            IFunctionMetadata template = original.Single(function => function.Name == name);
            if (name == TriggerTemplates.Poll && Polled.Count > 0)
            {
                continue;
            }

            original.Remove(template);
            foreach (TriggerFunction function in _functions.Where(function => function.Template == name))
            {
                original.Add(Declare(function, template));
            }
        }
    }

    private static DefaultFunctionMetadata Declare(TriggerFunction function, IFunctionMetadata template) => new()
    {
        Name = function.Name,
        Language = template.Language,
        EntryPoint = template.EntryPoint,
        ScriptFile = template.ScriptFile,
        Retry = template.Retry,

        // The trigger is the first parameter of each template.
        RawBindings = [With(template.RawBindings![0], function.Binding), .. template.RawBindings.Skip(1)],
    };

    private static string With(string binding, JsonObject members) =>
        members.Aggregate((JsonObject)JsonValue.Parse(binding), static (whole, member) => whole.With(member.Key, member.Value)).ToString();

    private static TriggerFunction? Of(string name, TriggerOptions trigger, string? connection, MessageOptions messages, TimeZoneInfo platformZone) => trigger switch
    {
        { Schedule: { } schedule } => new(
            FunctionName(name), name, TriggerTemplates.Schedule,
            JsonObject.Create(("schedule", PlatformCron.Of(Schedule.Parse(schedule, trigger.TimeZone), platformZone)))),

        // In host.json the texts of queues are Base64.
        { Queue: { } queue } when connection is not null && messages.Base64 => new(
            FunctionName(name), name, TriggerTemplates.Queue,
            JsonObject.Create(("queueName", messages.Queues.TryGetValue(queue, out string? other) ? other : queue), ("connection", connection))),
        { Container: { } container, EventGrid: true } when connection is not null => new(
            FunctionName(name), name, TriggerTemplates.Blob,
            JsonObject.Create(("path", container + "/{name}"), ("connection", connection))),
        _ => null,
    };

    /// <summary>A function's name has letters, digits, <c>_</c> and <c>-</c> only.</summary>
    private static string FunctionName(string trigger)
    {
        string readable = new([.. trigger.Take(MaxName).Select(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')]);
        return readable == trigger
            ? NamePrefix + trigger
            : $"{NamePrefix}{readable}-{TextHash.Of(trigger)[..HashDigits]}";
    }
}
