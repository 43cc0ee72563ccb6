namespace StepFlow.Integrations.Mail;

/// <summary>A mail to send.</summary>
internal sealed record OutgoingMail
{
    /// <summary>The sender's address.</summary>
    public required string From { get; init; }

    /// <summary>Addresses.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>Addresses that get a copy.</summary>
    public IReadOnlyList<string> Cc { get; init; } = [];

    /// <summary>Addresses that get a copy without the others' knowledge.</summary>
    public IReadOnlyList<string> Bcc { get; init; } = [];

    /// <summary>Addresses for replies.</summary>
    public IReadOnlyList<string> ReplyTo { get; init; } = [];

    public required string Subject { get; init; }

    /// <summary>The body as plain text; null for none.</summary>
    public string? Text { get; init; }

    /// <summary>The body as HTML; null for none.</summary>
    public string? Html { get; init; }

    /// <summary>Its id, the same for every repetition of the call.</summary>
    public required string Id { get; init; }
}
