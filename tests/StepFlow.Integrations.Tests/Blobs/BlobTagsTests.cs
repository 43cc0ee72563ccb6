using Azure.Storage.Blobs;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Blobs;

/// <summary>Tags of blobs, and addresses for callers without permission, with Azurite.</summary>
public sealed class BlobTagsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly HttpClient Http = new();

    private readonly string _bucket = "c" + Guid.NewGuid().ToString("N");
    private readonly TestIntegrations _integrations = new([("Storage:ConnectionString", azurite.ConnectionString)]);

    public async ValueTask InitializeAsync()
    {
        await new BlobContainerClient(azurite.ConnectionString, _bucket).CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        await S3Async("putObject", """{"Key":"k","Body":"hello","Tagging":"team=a+b&stage=x%3A1"}""");
    }

    public ValueTask DisposeAsync() => _integrations.DisposeAsync();

    [Fact]
    public async Task Tags_OfAWrittenBlob_AreReadReplacedAndTakenAway()
    {
        Assert.Equal(JsonValue.Parse("""{"TagSet":[{"Key":"stage","Value":"x:1"},{"Key":"team","Value":"a b"}]}"""), await S3Async("getObjectTagging", """{"Key":"k"}"""));
        await S3Async("putObjectTagging", """{"Key":"k","Tagging":{"TagSet":[{"Key":"only","Value":"1"}]}}""");
        Assert.Equal(JsonValue.Parse("""{"TagSet":[{"Key":"only","Value":"1"}]}"""), await S3Async("getObjectTagging", """{"Key":"k"}"""));
        await S3Async("deleteObjectTagging", """{"Key":"k"}""");
        Assert.Equal(JsonValue.Parse("""{"TagSet":[]}"""), await S3Async("getObjectTagging", """{"Key":"k"}"""));
    }

    [Fact]
    public async Task Tags_UnderAzuresNames_AreAnObject()
    {
        await AzureAsync("putBlob", """{"Blob":"b","Body":"x","Tags":{"a":1}}""");
        await AzureAsync("setBlobTags", """{"Blob":"b","Tags":{"a":"2","b":"3"}}""");

        Assert.Equal(JsonValue.Parse("""{"Tags":{"a":"2","b":"3"}}"""), await AzureAsync("getBlobTags", """{"Blob":"b"}"""));
    }

    [Theory]
    [InlineData("aws-sdk:s3:getObjectTagging", """{"Bucket":"{c}","Key":"none"}""", "S3.NoSuchKeyException")]
    [InlineData("aws-sdk:s3:putObjectTagging", """{"Bucket":"{c}","Key":"k","Tagging":{}}""", "S3.S3Exception")]
    [InlineData("aws-sdk:s3:putObjectTagging", """{"Bucket":"{c}","Key":"k","Tagging":{"TagSet":[{"Key":"ä","Value":""}]}}""", "S3.S3Exception")]
    [InlineData("azure:blob:setBlobTags", """{"Container":"{c}","Blob":"k","Tags":{"1":1,"2":1,"3":1,"4":1,"5":1,"6":1,"7":1,"8":1,"9":1,"10":1,"11":1}}""", "Blob.InvalidArgument")]
    [InlineData("azure:blob:getDownloadUrl", """{"Container":"{c}","Blob":"k","ExpiresIn":604801}""", "Blob.InvalidArgument")]
    [InlineData("azure:blob:getDownloadUrl", """{"Container":"azure-webjobs-hosts","Blob":"k"}""", "Blob.ContainerNotAllowed")]
    [InlineData("aws-sdk:s3:presignPutObject", """{"Bucket":"{c}","Key":"../k"}""", "S3.S3Exception")]
    public async Task WrongCalls_AreRefusedInTheCallersTerms(string resource, string arguments, string error) =>
        Assert.Equal(error, (await _integrations.RejectAsync(resource, arguments.Replace("{c}", _bucket, StringComparison.Ordinal))).Error);

    [Fact]
    public async Task Address_LetsOthersReadOneBlob()
    {
        JsonObject response = await S3Async("presignGetObject", """{"Key":"k","ExpiresIn":60,"Visible":true}""");
        string url = ((JsonString)response["Url"]!).Value;

        Assert.Equal("\"hello\"", await Http.GetStringAsync(url, TestContext.Current.CancellationToken));
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await Http.GetAsync(url.Replace("/k?", "/other?", StringComparison.Ordinal), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Address_IsAPlaceholderInTheHistory_AndItselfInACall()
    {
        JsonObject response = await AzureAsync("getUploadUrl", """{"Blob":"new"}""");
        string placeholder = ((JsonString)response["Url"]!).Value;
        Assert.Matches(@"^\{\{secret:[0-9a-f]{32}\}\}$", placeholder);
        await AzureAsync("putBlob", $$"""{"Blob":"letter","Body":"{{placeholder}}"}""");

        JsonObject letter = await AzureAsync("getBlob", """{"Blob":"letter"}""");

        using var request = new HttpRequestMessage(HttpMethod.Put, ((JsonString)letter["Body"]!).Value) { Content = new StringContent("sent") };
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        Assert.Equal(System.Net.HttpStatusCode.Created, (await Http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal("sent", (await AzureAsync("getBlob", """{"Blob":"new"}"""))["Body"]);
    }

    private Task<JsonObject> S3Async(string action, string arguments) => RunAsync("aws-sdk:s3:" + action, "Bucket", arguments);

    private Task<JsonObject> AzureAsync(string action, string arguments) => RunAsync("azure:blob:" + action, "Container", arguments);

    private Task<JsonObject> RunAsync(string resource, string container, string arguments) =>
        _integrations.CompleteAsync(resource, ((JsonObject)JsonValue.Parse(arguments)).With(container, _bucket).ToString());
}
