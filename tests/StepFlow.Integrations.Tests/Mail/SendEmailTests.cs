using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Mail;

/// <summary>Mail by SMTP and through Azure Communication Services, under the names of SES.</summary>
public sealed class SendEmailTests
{
    private const string First = """{"Source":"a@example.com","Destination":{"ToAddresses":["b@example.com"],"BccAddresses":["c@example.com"]},"Message":{"Subject":{"Data":"Hello"},"Body":{"Text":{"Data":"How are you?"}}}}""";
    private const string Second = """{"FromEmailAddress":"a@example.com","Destination":{"ToAddresses":["b@example.com"]},"Content":{"Simple":{"Subject":{"Data":"Hello"},"Body":{"Text":{"Data":"How are you?"},"Html":{"Data":"<p>How are you?</p>"}}}}}""";

    [Theory]
    [InlineData("aws-sdk:ses:sendEmail", First)]
    [InlineData("aws-sdk:sesv2:sendEmail", Second)]
    public async Task Mail_IsSentBySmtp(string resource, string arguments)
    {
        await using var server = new SmtpDouble("250 OK");
        await using TestIntegrations integrations = Smtp(server);

        JsonObject response = await integrations.CompleteAsync(resource, arguments);

        string[] lines = [.. server.Lines];
        Assert.Contains("MAIL FROM:<a@example.com>", lines);
        Assert.Contains("RCPT TO:<b@example.com>", lines);
        Assert.Equal(resource.EndsWith("ses:sendEmail", StringComparison.Ordinal), lines.Contains("RCPT TO:<c@example.com>"));
        Assert.Contains(lines, static line => line.Equals("Subject: Hello", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(lines, line => line.Contains(((JsonString)response["MessageId"]!).Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task MailThatTheServerRefuses_IsRejected()
    {
        await using var server = new SmtpDouble("550 no such user");
        await using TestIntegrations integrations = Smtp(server);

        TaskRejected rejected = await integrations.RejectAsync("aws-sdk:ses:sendEmail", First);

        Assert.Equal("Ses.MessageRejectedException", rejected.Error);
    }

    [Fact]
    public async Task ServerThatIsNotThere_IsAnOutage()
    {
        await using var integrations = new TestIntegrations([("Mail:SmtpHost", "127.0.0.1"), ("Mail:SmtpPort", "1"), ("Mail:SmtpTls", "false")]);

        await Assert.ThrowsAsync<TaskOutageException>(() => integrations.RunAsync("aws-sdk:ses:sendEmail", First));
    }

    [Fact]
    public async Task Mail_IsSentThroughCommunicationServices_WithTheManagedIdentity()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("POST /emails:send", new ScriptedResponse(202, """{"id":"x","status":"Running"}"""));
        await using var integrations = new TestIntegrations(
            [
                ("Mail:Rest", "mail"), ("Mail:From", "donotreply@acs.example.com"), ("Rest:mail:Url", server.Url), ("Rest:mail:Connection", "acs"),
                ("Http:Connections:acs:Authorization", "ManagedIdentity"), ("Http:Connections:acs:Scope", "https://communication.azure.com/.default"),
            ],
            static services => services.AddSingleton<TokenCredential>(new FakeCredential()));

        await integrations.CompleteAsync("aws-sdk:sesv2:sendEmail", Second);

        (string line, string body) = server.Requests.Single();
        Assert.Equal("POST /emails:send?api-version=2023-03-31", line);
        Assert.Equal(JsonValue.Parse("""{"senderAddress":"donotreply@acs.example.com","recipients":{"to":[{"address":"b@example.com"}]},"content":{"subject":"Hello","plainText":"How are you?","html":"<p>How are you?</p>"}}"""), JsonValue.Parse(body));
        Assert.Equal("Bearer token of https://communication.azure.com/.default", server.Authorizations.Single());
    }

    [Theory]
    [InlineData("aws-sdk:ses:sendEmail", First, "Ses.MessageRejectedException", "StepFlow:Mail:SmtpHost")]
    [InlineData("aws-sdk:ses:sendEmail", "{}", "Ses.InvalidParameterValueException", "'Source' is required")]
    [InlineData("aws-sdk:ses:sendEmail", """{"Source":"a@b.c","Destination":{},"Message":{"Body":{"Text":{"Data":"x"}}}}""", "Ses.InvalidParameterValueException", "at least one address")]
    [InlineData("aws-sdk:ses:sendEmail", """{"Source":"a@b.c","Destination":{"ToAddresses":["x\r\nBcc: y@z.de"]},"Message":{"Body":{"Text":{"Data":"x"}}}}""", "Ses.InvalidParameterValueException", "control characters")]
    [InlineData("aws-sdk:ses:sendEmail", """{"Source":"a@b.c","Destination":{"ToAddresses":["nobody"]},"Message":{"Body":{"Text":{"Data":"x"}}}}""", "Ses.InvalidParameterValueException", "'nobody' is not a mail address")]
    [InlineData("aws-sdk:sesv2:sendEmail", """{"FromEmailAddress":"a@b.c","Destination":{"ToAddresses":["a@b.c"]},"Content":{"Raw":{}}}""", "SesV2.BadRequestException", "'Content.Simple' is required")]
    public async Task WrongCalls_AreRefusedAsSesDoes(string resource, string arguments, string error, string cause)
    {
        await using var integrations = new TestIntegrations([]);

        TaskRejected rejected = await integrations.RejectAsync(resource, arguments);

        Assert.Equal(error, rejected.Error);
        Assert.Contains(cause, rejected.Cause, StringComparison.Ordinal);
    }

    private static TestIntegrations Smtp(SmtpDouble server) => new([("Mail:SmtpHost", "127.0.0.1"), ("Mail:SmtpPort", $"{server.Port}"), ("Mail:SmtpTls", "false")]);

    /// <summary>An SMTP server that takes each mail, or refuses its recipients.</summary>
    private sealed class SmtpDouble : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly string _toRecipients;
        private readonly Task _serving;

        public SmtpDouble(string toRecipients)
        {
            _toRecipients = toRecipients;
            _listener.Start();
            _serving = ServeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public ConcurrentQueue<string> Lines { get; } = new();

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using TcpClient client = await _listener.AcceptTcpClientAsync();
                    await SpeakAsync(client.GetStream());
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException or InvalidOperationException)
            {
                // The test has ended.
            }
        }

        private async Task SpeakAsync(NetworkStream stream)
        {
            using var reader = new StreamReader(stream);
            await using var writer = new StreamWriter(stream) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 double");
            bool inData = false;
            while (await reader.ReadLineAsync() is { } line)
            {
                Lines.Enqueue(line);
                if (inData)
                {
                    if (line == ".")
                    {
                        inData = false;
                        await writer.WriteLineAsync("250 OK");
                    }

                    continue;
                }

                inData = line == "DATA";
                await writer.WriteLineAsync(inData ? "354 go on" : line.StartsWith("RCPT", StringComparison.Ordinal) ? _toRecipients : line == "QUIT" ? "221 bye" : "250 OK");
            }
        }
    }
}
