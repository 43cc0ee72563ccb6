using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Azure.Core;
using StepFlow.Integrations.Http;

namespace StepFlow.Integrations.Functions;

/// <summary>A function behind a URL: an Azure Function, or any endpoint that accepts JSON by POST and responds with JSON.</summary>
internal sealed class HttpFunction(string name, FunctionOptions options, IHttpClientFactory http, TokenCredential credential, TimeProvider time) : IFunctionHandler
{
    private readonly Uri _url = options.Url!;
    private readonly string? _key = options.Key;
    private readonly string? _audience = options.Audience;
    private readonly int _timeoutSeconds = options.TimeoutSeconds;
    private readonly int _maxResponseBytes = options.MaxResponseBytes;

    public string Name => name;

    public async Task<FunctionResult> HandleAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(_timeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using HttpRequestMessage request = await DescribeAsync(call, either.Token);
            using HttpClient client = http.CreateClient(FunctionFactory.ClientName);
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            byte[]? body = await BoundedContent.ReadAsync(response.Content, _maxResponseBytes, either.Token);
            return body is null ? FunctionErrors.TooLarge(_maxResponseBytes) : Read(response, body);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return FunctionErrors.Timeout(_timeoutSeconds);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new FunctionUnavailable(FunctionErrors.SdkClientException, $"Unable to execute HTTP request: {failure.Message}", 0);
        }
    }

    private async Task<HttpRequestMessage> DescribeAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        TaskCall task = call.Task;
        var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(call.Payload.ToUtf8()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        HttpRequestHeaders headers = request.Headers;
        headers.TryAddWithoutValidation(FunctionHeaders.IdempotencyKey, HeaderText.Encode(task.IdempotencyKey));
        headers.TryAddWithoutValidation(FunctionHeaders.ExecutionArn, HeaderText.Encode(task.ExecutionArn));
        headers.TryAddWithoutValidation(FunctionHeaders.StateName, HeaderText.Encode(task.StateName));
        headers.TryAddWithoutValidation(FunctionHeaders.RetryCount, task.RetryCount.ToString(CultureInfo.InvariantCulture));
        if (task.Deadline is { } deadline)
        {
            headers.TryAddWithoutValidation(FunctionHeaders.Deadline, deadline.ToString("O", CultureInfo.InvariantCulture));
        }

        if (task.TraceParent is { } trace)
        {
            headers.TryAddWithoutValidation(FunctionHeaders.TraceParent, trace);
        }

        if (_key is not null)
        {
            headers.TryAddWithoutValidation(FunctionHeaders.FunctionsKey, _key);
        }

        if (_audience is not null)
        {
            AccessToken token = await credential.GetTokenAsync(new TokenRequestContext([_audience + "/.default"]), cancellationToken);
            headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        }

        return request;
    }

    private FunctionResult Read(HttpResponseMessage response, byte[] body)
    {
        JsonValue? json = FunctionResponse.Parse(body);
        int status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            return json is not null ? new FunctionSucceeded(json)
                : IsJson(response) ? FunctionErrors.NotJson(FunctionResponse.Excerpt(body))
                : new FunctionSucceeded(FunctionResponse.Text(body));
        }

        if (FunctionResponse.ReadFailure(json) is { } failure)
        {
            return failure;
        }

        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => new FunctionUnavailable(FunctionErrors.TooManyRequestsException, Describe(status, body), status),
            HttpStatusCode.NotFound => new FunctionUnavailable(FunctionErrors.ResourceNotFoundException, Describe(status, body), status),
            >= HttpStatusCode.InternalServerError => new FunctionUnavailable(FunctionErrors.ServiceException, Describe(status, body), status),
            _ => new FunctionUnavailable("InvalidRequestContentException", Describe(status, body), status),
        };
    }

    private string Describe(int status, byte[] body) => $"The function '{name}' responded with {status}: {FunctionResponse.Excerpt(body)}";

    private static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;
}
