using System.ComponentModel.DataAnnotations;

namespace StepFlow.Integrations.Mail;

/// <summary>
/// How mail is sent: <see cref="SmtpHost"/>, or <see cref="Rest"/> for Azure Communication Services. Settings: <c>StepFlow:Mail:…</c>.
/// </summary>
public sealed class MailOptions
{
    /// <summary>An SMTP server; null for none.</summary>
    public string? SmtpHost { get; set; }

    /// <summary>Its port, by default 587.</summary>
    [Range(1, 65535)]
    public int SmtpPort { get; set; } = 587;

    /// <summary>Whether TLS (STARTTLS) is used. True by default. False is allowed only for a server on this machine.</summary>
    public bool SmtpTls { get; set; } = true;

    /// <summary>The user's name there; null for none.</summary>
    public string? UserName { get; set; }

    /// <summary>The user's password there; null for none.</summary>
    public string? Password { get; set; }

    /// <summary>The REST target whose <c>Url</c> is the endpoint of Azure Communication Services; null for none.</summary>
    public string? Rest { get; set; }

    /// <summary>The sender, instead of the one in the definition. Null for the one in the definition.</summary>
    public string? From { get; set; }

    /// <summary>Whether mail can be sent.</summary>
    public bool IsConfigured => SmtpHost is not null || Rest is not null;
}
