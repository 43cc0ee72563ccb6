using StepFlow.Integrations.Rest;

namespace StepFlow.Integrations.Mail;

/// <summary>Sends mail through Azure Communication Services (REST API, Email - Send).</summary>
internal sealed class CommunicationMail(RestTargets targets, RestRunner runner)
{
    private const string ApiVersion = "2023-03-31";

    /// <summary>Sends a mail for a task. When it returns, the service has accepted it.</summary>
    /// <param name="name">The REST target.</param>
    public async Task<TaskOutcome> SendAsync(TaskCall call, string name, OutgoingMail mail, CancellationToken cancellationToken)
    {
        RestTarget target = targets.Find(name) ?? throw new InvalidOperationException(RestErrors.UnknownTarget(name));
        var request = new RestRequest(HttpMethod.Post, target.Below("/emails:send", JsonObject.Create(("api-version", ApiVersion)))) { Body = Describe(mail), Headers = [new("Operation-Id", mail.Id)] };
        return await runner.RunAsync(call, target, request, static response => response.Body, cancellationToken);
    }

    private static JsonObject Describe(OutgoingMail mail) => new JsonObjectBuilder()
        .Set("senderAddress", mail.From)
        .Set("recipients", new JsonObjectBuilder().Set("to", Addresses(mail.To)).SetIfPresent("cc", OrNull(mail.Cc)).SetIfPresent("bcc", OrNull(mail.Bcc)).Build())
        .Set("content", new JsonObjectBuilder()
            .Set("subject", mail.Subject)
            .SetIfPresent("plainText", mail.Text)
            .SetIfPresent("html", mail.Html)
            .Build())
        .SetIfPresent("replyTo", OrNull(mail.ReplyTo))
        .Build();

    private static JsonArray? OrNull(IReadOnlyList<string> addresses) => addresses.Count == 0 ? null : Addresses(addresses);

    private static JsonArray Addresses(IReadOnlyList<string> addresses) => JsonArray.From(addresses.Select(static address => (JsonValue)JsonObject.Create(("address", address))));
}
