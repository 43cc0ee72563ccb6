using System.Net.Http.Headers;
using StepFlow.Integrations.Http;
using StepFlow.Integrations.Signatures;

namespace StepFlow.Integrations.Aws;

/// <summary>Sends signed requests to services of AWS.</summary>
internal sealed class AwsClient(IHttpClientFactory http, TimeProvider time)
{
    /// <summary>The name of the HTTP client.</summary>
    public const string ClientName = "stepflow-aws";

    /// <summary>Sends a request.</summary>
    /// <returns>The response, also if it is an error; null if it is larger than allowed.</returns>
    /// <exception cref="TaskOutageException">The service is unavailable, or did not respond in time.</exception>
    /// <exception cref="InvalidOperationException">There is no key for the signature.</exception>
    public async Task<AwsResponse?> SendAsync(AwsAccount account, AwsRequest request, CancellationToken cancellationToken)
    {
        int seconds = Math.Max(request.LeastSeconds, account.Options.TimeoutSeconds);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            SigningKey key = await account.Keys.FindAsync(either.Token);
            using var message = new HttpRequestMessage(HttpMethod.Post, request.Url) { Content = new ByteArrayContent(request.Body) };
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.MediaType);
            var signer = new RequestSigner(key, request.Region, request.SigningName, time);
            (string, string)[] signed = [("Content-Type", request.MediaType), .. request.Headers];
            foreach ((string name, string value) in request.Headers.Concat(signer.Sign("POST", request.Url, request.Body, signed)))
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }

            using HttpClient client = http.CreateClient(ClientName);
            using HttpResponseMessage response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            byte[]? body = await BoundedContent.ReadAsync(response.Content, account.Options.MaxResponseBytes, either.Token);
            if (Outages.IsOutage((int)response.StatusCode))
            {
                throw new TaskOutageException($"{request.Name} of AWS responded with {(int)response.StatusCode}.");
            }

            return body is null ? null : new((int)response.StatusCode, HttpExchanges.Headers(response), body);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TaskOutageException($"{request.Name} of AWS got no response within {seconds} seconds.");
        }
    }
}
