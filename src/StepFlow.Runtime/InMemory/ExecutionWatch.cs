using StepFlow.Execution;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Runtime.InMemory;

/// <summary>Watches one execution in memory while it runs, for people. Called in order, one call at a time; must return at once.</summary>
public abstract class ExecutionWatch
{
    /// <summary>A turn was taken: new history events, and what the execution asked for.</summary>
    /// <param name="turn">The turn.</param>
    public virtual void OnTurn(Turn turn)
    {
    }

    /// <summary>A task told how far it has come. May come from any thread.</summary>
    /// <param name="stateName">The task's state.</param>
    /// <param name="progress">How far.</param>
    public virtual void OnProgress(string stateName, TaskProgress progress)
    {
    }
}
