namespace StepFlow.Integrations.Tasks;

/// <summary>A text of a request, part of which may be a secret: what a connection adds.</summary>
/// <param name="Revealed">The text as it was sent.</param>
/// <param name="Hidden">The text with each secret replaced by <see cref="Mask"/>.</param>
public readonly record struct ExchangedText(string Revealed, string Hidden)
{
    /// <summary>What stands for a secret.</summary>
    public const string Mask = "***";
}
