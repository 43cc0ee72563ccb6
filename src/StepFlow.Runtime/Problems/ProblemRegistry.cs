namespace StepFlow.Runtime.Problems;

/// <summary>The current problems of the executions in one process. Thread-safe.</summary>
public sealed class ProblemRegistry
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<ExecutionProblem>> _byExecution = new(StringComparer.Ordinal);
    private readonly int[] _counts = new int[Enum.GetValues<ExecutionProblemKind>().Length];

    /// <summary>Registers a problem. It replaces the previous one of the same execution, task or Map Run.</summary>
    public void Set(ExecutionProblem problem)
    {
        lock (_gate)
        {
            Remove(problem.ExecutionArn, problem.CommandId);
            if (!_byExecution.TryGetValue(problem.ExecutionArn, out List<ExecutionProblem>? known))
            {
                _byExecution.Add(problem.ExecutionArn, known = []);
            }

            known.Add(problem);
            _counts[(int)problem.Kind]++;
        }
    }

    /// <summary>A problem is over.</summary>
    /// <param name="commandId">The task or Map Run; null for the execution itself.</param>
    /// <returns>Whether it was known.</returns>
    public bool Clear(string executionArn, string? commandId)
    {
        lock (_gate)
        {
            return Remove(executionArn, commandId);
        }
    }

    /// <summary>Removes the problems of an execution's tasks and Map Runs.</summary>
    public void ClearCommands(string executionArn)
    {
        lock (_gate)
        {
            foreach (ExecutionProblem problem in _byExecution.TryGetValue(executionArn, out List<ExecutionProblem>? known) ? known.ToArray() : [])
            {
                if (problem.CommandId is not null)
                {
                    Remove(executionArn, problem.CommandId);
                }
            }
        }
    }

    public IReadOnlyList<ExecutionProblem> Of(string executionArn)
    {
        lock (_gate)
        {
            return _byExecution.TryGetValue(executionArn, out List<ExecutionProblem>? known) ? [.. known] : [];
        }
    }

    /// <summary>The problems of all executions, up to a maximum number.</summary>
    public IReadOnlyList<ExecutionProblem> All(int count)
    {
        lock (_gate)
        {
            return [.. _byExecution.Values.SelectMany(static known => known).Take(count)];
        }
    }

    /// <summary>How many problems of a kind there are.</summary>
    public int Count(ExecutionProblemKind kind)
    {
        lock (_gate)
        {
            return _counts[(int)kind];
        }
    }

    private bool Remove(string executionArn, string? commandId)
    {
        if (!_byExecution.TryGetValue(executionArn, out List<ExecutionProblem>? known)
            || known.FindIndex(problem => problem.CommandId == commandId) is not (>= 0 and var index))
        {
            return false;
        }

        _counts[(int)known[index].Kind]--;
        known.RemoveAt(index);
        if (known.Count == 0)
        {
            _byExecution.Remove(executionArn);
        }

        return true;
    }
}
