using System.Net;
using System.Net.Http.Headers;
using System.Text;
using StepFlow.Language.Json;
using StepFlow.Service.Access;
using StepFlow.Service.Errors;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Protocol;

/// <summary>The AWS JSON protocol on the wire.</summary>
public sealed class AwsJsonTests
{
    private const string ContentType = "application/x-amz-json-1.0";

    [Fact]
    public async Task Post_Operation_RespondsWithARequestId()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage response = await PostAsync(server, "ListActivities", "{}"u8.ToArray());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(ContentType, response.Content.Headers.ContentType!.MediaType);
        Assert.True(Guid.TryParse(response.Headers.GetValues("x-amzn-RequestId").Single(), out _));
        Assert.Equal("""{"activities":[]}""", await ReadAsync(response));
    }

    [Fact]
    public async Task Post_EmptyBody_IsAnEmptyRequest()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage response = await PostAsync(server, "ListActivities", []);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Post_Refused_ReturnsTypeAndMessage()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage response = await PostAsync(server, "DescribeActivity", """{"activityArn":"x"}"""u8.ToArray());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(ErrorCodes.InvalidArn, response.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.Equal("""{"__type":"InvalidArn","message":"Invalid Arn: 'Invalid ARN prefix: x'"}""", await ReadAsync(response));
    }

    [Fact]
    public async Task Post_Instants_AreNumbersOfSeconds()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage response = await PostAsync(server, "CreateActivity", """{"name":"a"}"""u8.ToArray());
        var returned = (JsonObject)JsonValue.Parse(await ReadAsync(response));

        double seconds = Assert.IsType<JsonNumber>(returned["creationDate"]).ToDouble();
        Assert.InRange(seconds, 1.6e9, 1e11);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("text")]
    public async Task Post_NoJsonObject_IsASerializationError(string body)
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage response = await PostAsync(server, "ListActivities", Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(ErrorCodes.Serialization, response.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Fact]
    public async Task Post_BodyOverOneMebibyte_IsRefused()
    {
        await using TestServer server = await TestServer.StartAsync();
        byte[] body = Encoding.UTF8.GetBytes("{\"x\":\"" + new string('x', 1024 * 1024) + "\"}");
        using HttpResponseMessage response = await PostAsync(server, "ListActivities", body);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Post_OtherContentType_IsRefused(string contentType)
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage response = await PostAsync(server, "ListActivities", "{}"u8.ToArray(), contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("AWSStepFunctions.Nothing")]
    [InlineData("Other.ListActivities")]
    [InlineData("")]
    public async Task Post_UnknownTarget_IsRefused(string target)
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage response = await PostAsync(server, null, "{}"u8.ToArray(), target: target);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(ErrorCodes.UnknownOperation, response.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Fact]
    public async Task Post_UnsignedWhereKeysAreSet_IsRefused()
    {
        await using TestServer server = await TestServer.StartAsync(new([new() { Id = "a", Secret = "b" }]));
        using HttpResponseMessage response = await PostAsync(server, "ListActivities", "{}"u8.ToArray());

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(ErrorCodes.MissingAuthenticationToken, response.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Fact]
    public async Task Post_OperationBeyondTheKeysLevel_IsDenied()
    {
        await using TestServer server = await TestServer.StartAsync(new([new() { Id = "a", Secret = "b", Level = AccessLevel.ReadOnly }]));
        using HttpResponseMessage response = await PostAsync(server, "CreateActivity", """{"name":"a"}"""u8.ToArray(), basic: "a:b");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("is not authorized to perform: states:CreateActivity", await ReadAsync(response), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PostAsync(
        TestServer server, string? operation, byte[] body, string contentType = ContentType, string? target = null, string? basic = null)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new(contentType);
        request.Headers.TryAddWithoutValidation("X-Amz-Target", target ?? "AWSStepFunctions." + operation);
        if (basic is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static Task<string> ReadAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
