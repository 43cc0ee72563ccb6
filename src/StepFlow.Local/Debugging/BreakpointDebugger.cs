using StepFlow.Execution.Breakpoints;
using StepFlow.Runtime.InMemory;

namespace StepFlow.Local.Debugging;

/// <summary>Stops a run before states and shows a prompt: <c>stepflow run --breakpoint</c>.</summary>
/// <param name="breakpoints">The names of states that it always stops before.</param>
/// <param name="prompt">Asks the user what to do.</param>
/// <param name="quit">Cancels the run.</param>
internal sealed class BreakpointDebugger(IReadOnlySet<string> breakpoints, BreakpointPrompt prompt, Action quit) : ExecutionDebugger, IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly HashSet<string> _executions = new(StringComparer.Ordinal);
    private StepMode _mode = StepMode.Continue;
    private string _from = string.Empty;
    private string _around = string.Empty;

    /// <summary>Whether the user ended the run at the prompt.</summary>
    public bool HasQuit { get; private set; }

    public override bool StopsBefore(string executionArn, StateAhead state)
    {
        lock (_gate)
        {
            bool isNew = _executions.Add(executionArn);
            return breakpoints.Contains(state.Name) || _mode switch
            {
                StepMode.Step => true,

                // An execution that is new belongs to a Map Run that is stepped over.
                StepMode.Next => executionArn == _from ? _around.StartsWith(state.Around, StringComparison.Ordinal) : !isNew,
                _ => false,
            };
        }
    }

    public override async Task<StateRelease> StoppedAsync(string executionArn, StateAhead state, CancellationToken cancellationToken)
    {
        // The children of a Map Run can stop at the same time. The prompt shows one after the other.
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            (StepMode? mode, StateRelease release) = await prompt.PromptAsync(state, cancellationToken);
            lock (_gate)
            {
                (_mode, _from, _around) = (mode ?? StepMode.Continue, executionArn, state.Around);
            }

            if (mode is null)
            {
                HasQuit = true;
                quit();
                cancellationToken.ThrowIfCancellationRequested();
            }

            return release;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();
}
