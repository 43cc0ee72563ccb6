using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Messages;
using StepFlow.Service.Events;

namespace StepFlow.Service.Triggers;

/// <summary>The triggers of the settings.</summary>
public sealed class TriggerSet
{
    private readonly ITrigger[] _polled;
    private readonly Webhooks _webhooks;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    /// <param name="options">The settings, by the triggers' names.</param>
    /// <param name="service">The service that starts executions. Lazy, because the observers of its executions call the rules.</param>
    /// <param name="documents">Keeps the times of schedules.</param>
    /// <param name="queues">Storage queues.</param>
    /// <param name="loggers">Log triggers that cannot be started.</param>
    public TriggerSet(
        IReadOnlyDictionary<string, TriggerOptions> options, Lazy<StepFunctionsService> service, IDocumentStore documents, IBlobStore blobs, QueueReader queues, TimeProvider time, ILoggerFactory loggers)
    {
        var starts = new TriggerStarts(service, loggers.CreateLogger<TriggerStarts>());
        Rules = new EventRules(options, service, starts);
        (_logger, _time, _webhooks) = (loggers.CreateLogger<TriggerSet>(), time, new(options, starts));
        _polled = [.. options
            .Select(ITrigger? (pair) => pair.Value switch
            {
                { Schedule: not null } => new ScheduleTrigger(pair.Key, pair.Value, starts, documents, time),
                { Container: not null } => new BlobTrigger(pair.Key, pair.Value, starts, blobs),
                { Queue: not null } => new QueueTrigger(pair.Key, pair.Value, starts, queues),
                _ => null,
            })
            .OfType<ITrigger>()];
    }

    /// <summary>The triggers of the section <c>StepFlow</c>.</summary>
    /// <exception cref="InvalidOperationException">A value is of another kind.</exception>
    public static IReadOnlyDictionary<string, TriggerOptions> Read(IConfiguration section) => section.GetSection("Triggers").Get<Dictionary<string, TriggerOptions>>() ?? [];

    /// <summary>The problems of the settings in the section <c>StepFlow</c>, each as a sentence. Values of a wrong type are not reported here: the validation of all settings reports them.</summary>
    public static IReadOnlyList<string> Check(IConfiguration section)
    {
        try
        {
            return [.. Check(Read(section))];
        }
        catch (InvalidOperationException)
        {
            return [];
        }
    }

    private static IEnumerable<string> Check(IReadOnlyDictionary<string, TriggerOptions> options)
    {
        foreach ((string name, TriggerOptions trigger) in options)
        {
            int causes = new[] { trigger.Schedule, trigger.Container, trigger.Queue, trigger.EventPattern, trigger.WebhookSecret }.Count(static cause => !string.IsNullOrEmpty(cause));
            if (causes != 1)
            {
                yield return $"The setting 'StepFlow:Triggers:{name}' must have exactly one of Schedule, Container, Queue, EventPattern and WebhookSecret.";
            }

            if (trigger.Input is { } input && Language.Json.JsonValue.ParseOrNull(input) is null)
            {
                yield return $"The setting 'StepFlow:Triggers:{name}:Input' must be a JSON text.";
            }

            if (trigger.Schedule is { } schedule && Problem(() => Schedule.Parse(schedule, trigger.TimeZone)) is { } problem)
            {
                yield return $"The setting 'StepFlow:Triggers:{name}:Schedule' {problem}.";
            }

            if (trigger.EventPattern is { } pattern && Problem(() => EventPattern.Parse(pattern)) is { } wrong)
            {
                yield return $"The setting 'StepFlow:Triggers:{name}:EventPattern' {wrong}.";
            }
        }
    }

    /// <summary>Polls until cancelled, each trigger at its own interval. A poll that fails is logged, and the next one follows.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(_polled.Select(trigger => RunAsync(trigger, cancellationToken)));

    /// <summary>Polls once with some of the triggers, by their names. A queue is polled until it is empty.</summary>
    public Task PollAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) => Task.WhenAll(_polled.Where(trigger => names.Contains(trigger.Name)).Select(async trigger =>
    {
        while (await PollAsync(trigger, cancellationToken) == TimeSpan.Zero)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }));

    /// <summary>Begins every schedule now that has not begun before.</summary>
    public Task BeginSchedulesAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_polled.OfType<ScheduleTrigger>().Select(schedule => schedule.BeginAsync(cancellationToken)));

    /// <summary>Starts the executions of a schedule whose time may have come.</summary>
    /// <param name="grace">A time is not missed within this period.</param>
    /// <exception cref="TriggerFailedException">An execution could not be started.</exception>
    public Task TakeTimeAsync(string name, TimeSpan grace, CancellationToken cancellationToken) =>
        Find<ScheduleTrigger>(name).TakeAsync(grace, cancellationToken);

    /// <summary>Starts the execution of a message that the platform received. The platform removes the message afterwards.</summary>
    /// <exception cref="TriggerFailedException">The execution could not be started.</exception>
    public Task TakeMessageAsync(string name, string messageId, string text, CancellationToken cancellationToken) =>
        Find<QueueTrigger>(name).TakeAsync(messageId, text, cancellationToken);

    /// <summary>Starts the execution of a blob that the platform reported.</summary>
    /// <param name="blob">The blob as it is now.</param>
    /// <exception cref="TriggerFailedException">The execution could not be started.</exception>
    public Task TakeBlobAsync(string name, BlobProperties blob, CancellationToken cancellationToken) =>
        Find<BlobTrigger>(name).TakeAsync(blob, cancellationToken);

    /// <summary>What starts because of events.</summary>
    public IEventRules Rules { get; }

    /// <summary>Serves <c>POST /triggers/NAME</c>.</summary>
    public Task ServeWebhookAsync(HttpContext context, string name) => _webhooks.ServeAsync(context, name);

    private T Find<T>(string name)
        where T : ITrigger => _polled.OfType<T>().Single(trigger => trigger.Name == name);

    private static string? Problem(Action parse)
    {
        try
        {
            parse();
            return null;
        }
        catch (FormatException problem)
        {
            return problem.Message;
        }
    }

    private async Task RunAsync(ITrigger trigger, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(await PollAsync(trigger, cancellationToken), _time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops. The rest is found after the next start.
        }
    }

    private async Task<TimeSpan> PollAsync(ITrigger trigger, CancellationToken cancellationToken)
    {
        try
        {
            return await trigger.PollAsync(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            ServiceLogs.TriggerFailed(_logger, failure, trigger.Name);
            return TimeSpan.FromSeconds(30);
        }
    }
}
