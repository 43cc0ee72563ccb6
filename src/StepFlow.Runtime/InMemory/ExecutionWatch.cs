using StepFlow.Integrations.Tasks;

namespace StepFlow.Runtime.InMemory;

/// <summary>Shows one execution in memory to users while it runs. Called in order, one call at a time. Calls must return immediately.</summary>
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
