namespace StepFlow.Service.Triggers;

/// <summary>A trigger could not start an execution. The platform tries again.</summary>
public sealed class TriggerFailedException : Exception
{
    private TriggerFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Throws if a cause has no execution now.</summary>
    internal static void ThrowUnlessStarted(string trigger, ApiResult? result)
    {
        if (result is { Error: { } refusal } refused && !TriggerStarts.IsStarted(refused))
        {
            throw new TriggerFailedException($"The trigger '{trigger}' could not start its execution. {refusal.Code}: {refusal.Message}");
        }
    }
}
