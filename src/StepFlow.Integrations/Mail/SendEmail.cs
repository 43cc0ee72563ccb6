using System.Net.Mail;
using StepFlow.Integrations.Rest;

namespace StepFlow.Integrations.Mail;

/// <summary>
/// <c>aws-sdk:ses:sendEmail</c> and <c>aws-sdk:sesv2:sendEmail</c>: sends a mail by the settings (SES API and SES API
/// v2, SendEmail; of the latter <c>Content.Simple</c>).
/// </summary>
internal sealed class SendEmail(MailOptions options, CommunicationMail communication, SettingHints hints, IMappedResources mapped, string name) : ITaskIntegration
{
    public const string First = "aws-sdk:ses:sendEmail";
    public const string Second = "aws-sdk:sesv2:sendEmail";

    private static readonly AwsService Ses = new("SES", "AmazonSimpleEmailService", "AmazonSimpleEmailServiceException", "Ses");
    private static readonly AwsService SesV2 = new("SESv2", "AmazonSimpleEmailServiceV2", "AmazonSimpleEmailServiceV2Exception", "SesV2");

    public string Name => name;

    private bool IsSecond => name == Second;

    private AwsService Service => IsSecond ? SesV2 : Ses;

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        if (!options.IsConfigured && mapped.Find(call.Resource, exactOnly: false) is { } other)
        {
            return await other.RunAsync(call, cancellationToken);
        }

        var arguments = new ArgumentReader(call.Arguments);
        OutgoingMail mail = Read(call, arguments);
        if (arguments.Problem is { } problem)
        {
            return Service.Fail(call, IsSecond ? AwsFailure.Modelled("BadRequestException", problem) : AwsFailure.Modelled("InvalidParameterValue", problem));
        }

        if (!options.IsConfigured)
        {
            return Service.Fail(call, AwsFailure.Modelled("MessageRejected", "No mail server is configured"), hints.Add("Mail:SmtpHost", "Mail:Rest"));
        }

        if (options.Rest is { } target)
        {
            TaskOutcome outcome = await communication.SendAsync(call, target, mail, cancellationToken);
            return outcome is TaskRejected rejected ? rejected with { Error = RestErrors.Renamed(rejected.Error, Service.SdkPrefix + ".") } : Response(mail);
        }

        try
        {
            await new SmtpMail(options).SendAsync(mail, cancellationToken);
            return Response(mail);
        }
        catch (SmtpException refusal)
        {
            return Service.Fail(call, AwsFailure.Modelled("MessageRejected", $"The mail server refused the mail: {refusal.Message}"));
        }
    }

    private static TaskCompleted Response(OutgoingMail mail) => new(JsonObject.Create(("MessageId", mail.Id)));

    private OutgoingMail Read(TaskCall call, ArgumentReader arguments)
    {
        string? given = arguments.Text(IsSecond ? "FromEmailAddress" : "Source");
        string from = options.From ?? given ?? string.Empty;
        if (from.Length == 0)
        {
            arguments.Refuse(TaskErrors.MissingArgument(IsSecond ? "FromEmailAddress" : "Source"));
        }

        JsonObject destination = arguments.RequiredObject("Destination");
        JsonObject message = IsSecond ? arguments.RequiredObject("Content")["Simple"] as JsonObject ?? Missing(arguments, "Content.Simple") : arguments.RequiredObject("Message");
        var body = message["Body"] as JsonObject;
        var mail = new OutgoingMail
        {
            From = from,
            To = List(destination, "ToAddresses"),
            Cc = List(destination, "CcAddresses"),
            Bcc = List(destination, "BccAddresses"),
            ReplyTo = arguments.Array("ReplyToAddresses") is { } replies ? Texts(replies) : [],
            Subject = Data(message["Subject"]) ?? string.Empty,
            Text = Data(body?["Text"]),
            Html = Data(body?["Html"]),
            Id = RequestId.Derive(call.IdempotencyKey, "mail"),
        };
        if (mail.To.Count + mail.Cc.Count + mail.Bcc.Count == 0)
        {
            arguments.Refuse(TaskErrors.InvalidArgument("Destination", "an object with at least one address in ToAddresses, CcAddresses or BccAddresses"));
        }

        if (mail.Text is null && mail.Html is null)
        {
            arguments.Refuse(TaskErrors.MissingArgument(IsSecond ? "Content.Simple.Body" : "Message.Body"));
        }

        // A line's end in them would begin another header.
        if (new[] { from, mail.Subject }.Concat(mail.To).Concat(mail.Cc).Concat(mail.Bcc).Concat(mail.ReplyTo).FirstOrDefault(static text => text.Any(char.IsControl)) is not null)
        {
            arguments.Refuse("Addresses and the subject must not contain control characters.");
        }
        else if (mail.To.Concat(mail.Cc).Concat(mail.Bcc).Concat(mail.ReplyTo).Append(from).FirstOrDefault(static address => address.Length > 0 && !MailAddress.TryCreate(address, out _)) is { } wrong)
        {
            arguments.Refuse($"'{wrong}' is not a mail address.");
        }

        return mail;
    }

    private static JsonObject Missing(ArgumentReader arguments, string name)
    {
        arguments.Refuse(TaskErrors.MissingArgument(name));
        return JsonObject.Empty;
    }

    private static string[] List(JsonObject holder, string member) => holder[member] is JsonArray list ? Texts(list) : [];

    private static string[] Texts(JsonArray list) => [.. list.Select(static item => item is JsonString text ? text.Value : item.ToString())];

    private static string? Data(JsonValue? content) => content is JsonObject members && members["Data"] is { } data ? data is JsonString text ? text.Value : data.ToString() : null;
}
