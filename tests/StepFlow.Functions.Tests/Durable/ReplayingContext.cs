using System.Globalization;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace StepFlow.Functions.Tests.Durable;

/// <summary>
/// The context of one episode: replays what happened so far and notes what is asked for beyond it. An orchestrator that
/// asks for something else than before is not deterministic, and the episode fails.
/// </summary>
internal sealed class ReplayingContext(DurableInstance instance, int known) : TaskOrchestrationContext
{
    private static readonly JsonDataConverter Converter = JsonDataConverter.Default;

    private readonly Dictionary<int, Action<DurableEvent>> _open = [];
    private readonly Dictionary<string, List<Action<DurableEvent>>> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<DurableEvent> _unclaimed = [];
    private readonly List<DurableAction> _asked = [];
    private int _uuids;

    public override TaskName Name => instance.Name;

    public override string InstanceId => instance.Id;

    public override ParentOrchestrationInstance? Parent => instance.ParentId is { } id ? new("parent", id) : null;

    public override DateTime CurrentUtcDateTime => Now.UtcDateTime;

    public override bool IsReplaying => _asked.Count < known;

    /// <summary>What the orchestrator asked for, in order.</summary>
    public IReadOnlyList<DurableAction> Asked => _asked;

    public DateTimeOffset Now { get; set; } = instance.StartedAt;

    public HashSet<int> CancelledTimers { get; } = [];

    public object? NextInput { get; private set; }

    public bool ContinuesAsNew { get; private set; }

    public bool PreservesEvents { get; private set; }

    public string? CustomStatus { get; private set; }

    /// <summary>External events that nobody waited for yet.</summary>
    public IReadOnlyList<DurableEvent> Unclaimed => _unclaimed;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public override T? GetInput<T>()
        where T : default => Converter.Deserialize<T>(instance.Input);

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        var action = new DurableAction(DurableActionKind.Activity, name.Name, Converter.Serialize(input));
        return options?.Retry?.Policy is { } policy ? RetryAsync<TResult>(action, policy) : Ask<TResult>(action);
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        Ask<TResult>(new(DurableActionKind.SubOrchestration, $"{orchestratorName.Name}/{(options as SubOrchestrationOptions)?.InstanceId}", Converter.Serialize(input)));

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        int id = _asked.Count;
        var source = new TaskCompletionSource<bool>();
        Note(new(DurableActionKind.Timer, fireAt.ToString("O", CultureInfo.InvariantCulture), null));
        _open[id] = _ => source.TrySetResult(true);
        cancellationToken.Register(() =>
        {
            if (_open.Remove(id))
            {
                CancelledTimers.Add(id);
                source.TrySetCanceled(cancellationToken);
            }
        });
        return source.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        var source = new TaskCompletionSource<T>();
        void Complete(DurableEvent raised) => source.TrySetResult(Converter.Deserialize<T>(raised.Result)!);
        int kept = _unclaimed.FindIndex(e => string.Equals(e.EventName, eventName, StringComparison.OrdinalIgnoreCase));
        if (kept >= 0)
        {
            DurableEvent raised = _unclaimed[kept];
            _unclaimed.RemoveAt(kept);
            Complete(raised);
            return source.Task;
        }

        if (!_waiters.TryGetValue(eventName, out List<Action<DurableEvent>>? stack))
        {
            _waiters[eventName] = stack = [];
        }

        stack.Add(Complete);
        cancellationToken.Register(() =>
        {
            if (stack.Remove(Complete))
            {
                source.TrySetCanceled(cancellationToken);
            }
        });
        return source.Task;
    }

    public override void SendEvent(string instanceId, string eventName, object payload) =>
        Note(new(DurableActionKind.SendEvent, $"{instanceId}/{eventName}", Converter.Serialize(payload)));

    public override void SetCustomStatus(object? customStatus)
    {
        string? text = Converter.Serialize(customStatus);
        if (text is { Length: > 8 * 1024 })
        {
            throw new ArgumentException("A custom status holds at most 16 KB of UTF-16 JSON.", nameof(customStatus));
        }

        CustomStatus = text;
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        ContinuesAsNew = true;
        NextInput = newInput;
        PreservesEvents = preserveUnprocessedEvents;
        Note(new(DurableActionKind.ContinueAsNew, string.Empty, Converter.Serialize(newInput)));
    }

    public override Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { instance.Id, instance.Generation, Next = _uuids++ }), bytes);
        return new(bytes[..16]);
    }

    /// <summary>Lets something happen.</summary>
    public void Apply(DurableEvent happened)
    {
        // An event that was kept for a new generation is older than that.
        Now = happened.Time > Now ? happened.Time : Now;
        if (happened.EventName is { } name)
        {
            if (_waiters.TryGetValue(name, out List<Action<DurableEvent>>? stack) && stack.Count > 0)
            {
                // Waiters of one name are served last in, first out, as the back ends do.
                Action<DurableEvent> last = stack[^1];
                stack.RemoveAt(stack.Count - 1);
                last(happened);
            }
            else
            {
                _unclaimed.Add(happened);
            }
        }
        else if (_open.Remove(happened.ActionId, out Action<DurableEvent>? complete))
        {
            complete(happened);
        }
    }

    /// <summary>Asks again after a timer, as the real worker does.</summary>
    private async Task<TResult> RetryAsync<TResult>(DurableAction action, RetryPolicy policy)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await Ask<TResult>(action);
            }
            catch (TaskFailedException) when (attempt < policy.MaxNumberOfAttempts)
            {
            }

            TimeSpan delay = policy.FirstRetryInterval * Math.Pow(policy.BackoffCoefficient, attempt - 1);
            await CreateTimer((Now + (delay < policy.MaxRetryInterval ? delay : policy.MaxRetryInterval)).UtcDateTime, CancellationToken.None);
        }
    }

    private Task<TResult> Ask<TResult>(DurableAction action)
    {
        int id = _asked.Count;
        var source = new TaskCompletionSource<TResult>();
        Note(action);
        _open[id] = happened =>
        {
            if (happened.Failure is { } failure)
            {
                source.TrySetException(new TaskFailedException(action.Name, id, failure));
            }
            else
            {
                source.TrySetResult(Converter.Deserialize<TResult>(happened.Result)!);
            }
        };
        return source.Task;
    }

    private void Note(DurableAction action)
    {
        int id = _asked.Count;
        if (id < known && instance.Actions[id] != action)
        {
            throw new InvalidOperationException(
                $"Not deterministic: action {id} of {instance.Id} was {instance.Actions[id]} and is {action} on replay.");
        }

        _asked.Add(action);
    }
}
