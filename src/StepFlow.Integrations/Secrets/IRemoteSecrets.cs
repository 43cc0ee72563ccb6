namespace StepFlow.Integrations.Secrets;

/// <summary>Secrets that no setting names: a task's result held one, and it can be read again where it came from.</summary>
internal interface IRemoteSecrets
{
    /// <summary>Reads a secret again.</summary>
    /// <param name="reference">What was noted of it.</param>
    /// <returns>The secret; null where it is gone, or was none of these.</returns>
    Task<string?> FindAsync(JsonObject reference, CancellationToken cancellationToken);
}
