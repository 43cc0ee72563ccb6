using StepFlow.Local.Journal;

namespace StepFlow.Local.Tests.Engine;

/// <summary>Holds every commit until the test releases them: a disk that takes its time.</summary>
internal sealed class HeldCommits : IJournalProbe, IDisposable
{
    private readonly ManualResetEventSlim _released = new();

    /// <summary>Ends when the first commit has come, and is held.</summary>
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _released.Set();

    public void BeforeCommit(int writes)
    {
        Reached.TrySetResult();
        if (!_released.Wait(TimeSpan.FromMinutes(5)))
        {
            throw new TimeoutException("The test did not release the commit.");
        }
    }

    public void AfterCommit(int writes)
    {
    }

    public void Dispose() => _released.Dispose();
}
