namespace StepFlow.Integrations.Signatures;

/// <summary>What requests are signed with. It never shows its secret.</summary>
/// <param name="id">The access key's id.</param>
/// <param name="secret">The access key's secret.</param>
/// <param name="sessionToken">The token of a temporary key; null for none.</param>
public sealed class SigningKey(string id, string secret, string? sessionToken = null)
{
    /// <summary>The access key's id.</summary>
    public string Id => id;

    /// <summary>The token of a temporary key; null for none.</summary>
    internal string? SessionToken => sessionToken;

    /// <summary>The access key's secret.</summary>
    internal string Secret => secret;

    /// <summary>The id alone.</summary>
    public override string ToString() => id;
}
