using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace StepFlow.Functions.Tests.Durable.Signatures;

/// <summary>
/// The context of one episode: replays what happened so far and notes what is asked for beyond it. An orchestrator that
/// asks for something else than before is not deterministic, and the episode fails.
/// </summary>
internal sealed class ReplayingContext(DurableInstance instance, IReadOnlyList<DurableAction> known) : TaskOrchestrationContext
{
    private static readonly JsonDataConverter Converter = JsonDataConverter.Default;

    private readonly Dictionary<int, Action<DurableEvent>> _open = [];
    private readonly Dictionary<string, List<Action<DurableEvent>>> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<DurableEvent> _unclaimed = [];
    private readonly List<DurableAction> _asked = [];
    private int _uuids;

    public override TaskName Name => instance.Name;

    public override string InstanceId => instance.Id;

    public override ParentOrchestrationInstance? Parent => instance.Parent is { Instance: var parent } ? new(parent.Name, parent.Id) : null;

    public override DateTime CurrentUtcDateTime => Now.UtcDateTime;

    public override bool IsReplaying => _asked.Count < known.Count;

    /// <summary>What the orchestrator asked for, in order.</summary>
    public IReadOnlyList<DurableAction> Asked => _asked;

    public DateTimeOffset Now { get; set; }

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
        Task<TResult> CallAsync() => Ask<TResult>(new(_asked.Count, DurableActionKind.Activity, name.Name, Converter.Serialize(input)));
        return options?.Retry switch
        {
            { Policy: { } policy } => RetryAsync(CallAsync, policy),
            { Handler: { } handler } => RetryAsync(CallAsync, handler),
            _ => CallAsync(),
        };
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        Ask<TResult>(new(_asked.Count, DurableActionKind.SubOrchestration, orchestratorName.Name, Converter.Serialize(input))
        {
            InstanceId = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N"),
        });

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        int id = _asked.Count;
        var source = new TaskCompletionSource<bool>();
        Note(new(id, DurableActionKind.Timer, string.Empty, null) { FireAt = new(fireAt, TimeSpan.Zero) });
        _open[id] = _ => source.TrySetResult(true);
        cancellationToken.Register(() =>
        {
            if (_open.Remove(id))
            {
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
        Note(new(_asked.Count, DurableActionKind.SendEvent, eventName, Converter.Serialize(payload)) { InstanceId = instanceId });

    public override void SetCustomStatus(object? customStatus) => CustomStatus = Converter.Serialize(customStatus);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        ContinuesAsNew = true;
        NextInput = newInput;
        PreservesEvents = preserveUnprocessedEvents;
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
    private async Task<TResult> RetryAsync<TResult>(Func<Task<TResult>> call, RetryPolicy policy)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException) when (attempt < policy.MaxNumberOfAttempts)
            {
            }

            TimeSpan delay = policy.FirstRetryInterval * Math.Pow(policy.BackoffCoefficient, attempt - 1);
            await CreateTimer((Now + (delay < policy.MaxRetryInterval ? delay : policy.MaxRetryInterval)).UtcDateTime, CancellationToken.None);
        }
    }

    private async Task<TResult> RetryAsync<TResult>(Func<Task<TResult>> call, AsyncRetryHandler handler)
    {
        DateTimeOffset start = Now;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException e)
            {
                if (!await handler(new(this, attempt, e.FailureDetails, Now - start, CancellationToken.None)))
                {
                    throw;
                }
            }
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
        if (id < known.Count && known[id] != action)
        {
            throw new InvalidOperationException(
                $"Not deterministic: action {id} of {instance.Id} was {known[id]} and is {action} on replay.");
        }

        _asked.Add(action);
    }
}
