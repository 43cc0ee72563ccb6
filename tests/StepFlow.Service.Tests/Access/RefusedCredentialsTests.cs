using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using StepFlow.Runtime.Telemetry;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Access;

/// <summary>Wrong credentials leave a line in the log and a count, and give nothing away.</summary>
public sealed class RefusedCredentialsTests
{
    [Fact]
    public async Task WrongCredentials_OfARequest_AreLoggedWithTheirAddressAndCounted()
    {
        using var lines = new TextLines();
        using var metric = new MeterListener();
        long refused = 0;
        metric.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ExecutionMetrics.MeterName && instrument.Name == "CredentialsRefused")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        metric.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref refused, count));
        metric.Start();
        await using TestServer server = await TestServer.StartAsync(new([new() { Id = "known", Secret = "b" }]), new TestService(loggers: lines));
        using var client = new HttpClient { BaseAddress = server.Address };

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(client, "known:not the secret"));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(client, "line\nbreak:x"));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(client, null));

        Assert.Equal(
            [
                "Credentials from 127.0.0.1 were refused: key known, UnrecognizedClientException; 1 in 15 minutes. If nobody there should have access, block the address.",
                "Credentials from 127.0.0.1 were refused: key of another form, UnrecognizedClientException; 2 in 15 minutes. If nobody there should have access, block the address.",
            ],
            lines.Lines);
        Assert.True(Interlocked.Read(ref refused) >= 2);
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient client, string? credentials)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/activities");
        if (credentials is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        }

        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
