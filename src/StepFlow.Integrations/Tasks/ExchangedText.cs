namespace StepFlow.Integrations.Tasks;

/// <summary>A text of a request, with and without the secret parts that a connection adds.</summary>
/// <param name="Revealed">The text as it was sent.</param>
/// <param name="Hidden">The text with each secret replaced by <see cref="Mask"/>.</param>
public readonly record struct ExchangedText(string Revealed, string Hidden)
{
    /// <summary>The replacement of a secret.</summary>
    public const string Mask = "***";
}
