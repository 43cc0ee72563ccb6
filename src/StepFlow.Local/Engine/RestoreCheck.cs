using StepFlow.Local.Journal;

namespace StepFlow.Local.Engine;

/// <summary>Checks whether running executions can be restored. So executions that a server would suspend are found without a server.</summary>
internal sealed class RestoreCheck(JournalReader reader)
{
    /// <summary>The executions that run and whose state cannot be restored.</summary>
    /// <param name="known">Executions that are known to be damaged.</param>
    public IEnumerable<Damage> Find(IReadOnlySet<string> known)
    {
        foreach (string arn in reader.RunningArns().Where(arn => !known.Contains(arn)))
        {
            if (Problem(arn) is { } problem)
            {
                yield return new(arn, problem);
            }
        }
    }

    private string? Problem(string arn)
    {
        try
        {
            ExecutionLoader.Load(reader, reader.Definition, Pin, arn, new PendingWork());
            return null;
        }
        catch (Exception e)
        {
            // Each exception here would suspend the execution.
            return $"It is running, but its state cannot be restored: {e.Message}";
        }
    }

    private static PinnedDefinition Pin(string text, bool isExpress) => new(0, text, [], [], isExpress);
}
