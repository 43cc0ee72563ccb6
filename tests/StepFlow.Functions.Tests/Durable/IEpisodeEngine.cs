using Microsoft.DurableTask;

namespace StepFlow.Functions.Tests.Durable;

/// <summary>Runs orchestrators over histories. Everything else is the back end's: <see cref="DurableDouble"/>.</summary>
internal interface IEpisodeEngine
{
    /// <summary>What payloads are written with.</summary>
    DataConverter Converter { get; }

    /// <summary>Runs the orchestrator from the start of its history; what happened since the last episode is the last of it.</summary>
    EpisodeOutcome Run(DurableInstance instance, AppOrchestrator orchestrator);

    /// <summary>Replays a generation that has ended and reports how the requested actions differ from the recorded ones; null where it does not.</summary>
    string? Compare(DurableInstance instance, AppOrchestrator orchestrator);
}
