using System.Text;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace StepFlow.Functions.Tests.Durable.Signatures;

/// <summary>Runs episodes without the worker's engine, for feeds that lack it: a context that replays as Durable Functions does.</summary>
/// <param name="left">Called where the orchestrator awaited something other than its context's tasks.</param>
internal sealed class EpisodeEngine(Action left) : IEpisodeEngine
{
    /// <inheritdoc/>
    public DataConverter Converter => JsonDataConverter.Default;

    /// <inheritdoc/>
    public EpisodeOutcome Run(DurableInstance instance, DurableOrchestrator orchestrator)
    {
        DurableAction[] known = [.. instance.Asked];
        var context = new ReplayingContext(instance, known);
        Task<object?> run = Task.FromResult<object?>(null);
        SingleThread.Run(left, thread =>
        {
            context.Now = instance.History[0].Time;
            run = orchestrator.RunAsync(context);
            thread.Drain();
            foreach (DurableEpisode episode in instance.History)
            {
                context.Now = episode.Time;
                foreach (DurableEvent happened in episode.Happened)
                {
                    context.Apply(happened);
                    thread.Drain();
                }
            }
        });
        if (context.Asked.Count < known.Length)
        {
            throw new InvalidOperationException($"Not deterministic: {instance.Id} asked for {known.Length} actions before and for {context.Asked.Count} on replay.");
        }

        DurableAction[] asked = [.. context.Asked.Skip(known.Length)];
        var outcome = new EpisodeOutcome
        {
            Asked = asked,
            CustomStatus = context.CustomStatus,
            LargestAction = asked.Select(action => action.Data is { } data ? Encoding.UTF8.GetByteCount(data) : 0).DefaultIfEmpty().Max(),
        };
        return run.IsCompleted ? End(outcome, context, run) : outcome;
    }

    /// <summary>Nothing: each episode has compared what it asks for.</summary>
    public string? Compare(DurableInstance instance, DurableOrchestrator orchestrator) => null;

    private EpisodeOutcome End(EpisodeOutcome outcome, ReplayingContext context, Task<object?> run)
    {
        if (run.Exception is { InnerException: { } failure })
        {
            return outcome with { End = OrchestrationRuntimeStatus.Failed, Failure = TaskFailureDetails.FromException(failure) };
        }

        return context.ContinuesAsNew
            ? outcome with
            {
                ContinuesAsNew = true,
                Result = Converter.Serialize(context.NextInput),
                CarriedOver = context.PreservesEvents ? context.Unclaimed : [],
            }
            : outcome with { End = OrchestrationRuntimeStatus.Completed, Result = Converter.Serialize(run.Result) };
    }
}
