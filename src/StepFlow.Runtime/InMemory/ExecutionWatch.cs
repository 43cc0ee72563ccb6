using StepFlow.Execution;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Runtime.InMemory;

/// <summary>Watches one execution in memory while it runs, for people. Called in order, one call at a time; must return at once.</summary>
public abstract class ExecutionWatch
{
    /// <summary>Called after each turn, with its history events and commands.</summary>
    public virtual void OnTurn(Turn turn)
    {
    }

    /// <summary>Called with the progress of a task, on any thread.</summary>
    /// <param name="progress">How far.</param>
    public virtual void OnProgress(string stateName, TaskProgress progress)
    {
    }
}
