using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace StepFlow.Integrations.Mail;

/// <summary>Sends mail by SMTP (RFC 5321).</summary>
internal sealed class SmtpMail(MailOptions options)
{
    /// <summary>Sends a mail. When it returns, the server has accepted it.</summary>
    /// <exception cref="TaskOutageException">The server cannot take it now.</exception>
    /// <exception cref="SmtpException">The server refuses it.</exception>
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        using MailMessage message = Describe(mail);
        using var client = new SmtpClient(options.SmtpHost, options.SmtpPort)
        {
            EnableSsl = options.SmtpTls,
            Credentials = options.UserName is { } user ? new NetworkCredential(user, options.Password) : null,
        };
        try
        {
            await client.SendMailAsync(message, cancellationToken);
        }
        catch (SmtpException failure) when (failure is not SmtpFailedRecipientException && failure.StatusCode is SmtpStatusCode.GeneralFailure or SmtpStatusCode.ServiceNotAvailable or SmtpStatusCode.MailboxBusy or SmtpStatusCode.LocalErrorInProcessing or SmtpStatusCode.InsufficientStorage)
        {
            throw new TaskOutageException($"The mail server '{options.SmtpHost}' cannot accept mail now: {failure.InnerException?.Message ?? failure.Message}", failure);
        }
    }

    private static MailMessage Describe(OutgoingMail mail)
    {
        var message = new MailMessage { From = new(mail.From), Subject = mail.Subject, SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8, Body = mail.Text ?? mail.Html ?? string.Empty, IsBodyHtml = mail.Text is null };
        message.Headers.Add("Message-ID", $"<{mail.Id}@{message.From.Host}>");
        foreach ((IReadOnlyList<string> addresses, MailAddressCollection into) in ((IReadOnlyList<string>, MailAddressCollection)[])[(mail.To, message.To), (mail.Cc, message.CC), (mail.Bcc, message.Bcc), (mail.ReplyTo, message.ReplyToList)])
        {
            foreach (string address in addresses)
            {
                into.Add(new MailAddress(address));
            }
        }

        if (mail.Text is not null && mail.Html is not null)
        {
            message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        }

        return message;
    }
}
