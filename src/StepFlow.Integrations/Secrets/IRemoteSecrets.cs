namespace StepFlow.Integrations.Secrets;

/// <summary>Secrets that are not in the settings: the result of a task contained one, and it can be read again from its source.</summary>
internal interface IRemoteSecrets
{
    /// <summary>Reads a secret again.</summary>
    /// <param name="reference">The reference that was stored.</param>
    /// <returns>The secret; null if it no longer exists, or is of another kind.</returns>
    Task<string?> FindAsync(JsonObject reference, CancellationToken cancellationToken);
}
