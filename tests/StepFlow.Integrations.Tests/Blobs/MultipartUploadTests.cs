using Azure.Storage.Blobs;
using StepFlow.Integrations.Blobs;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Blobs;

/// <summary>Uploads in parts, by S3's names.</summary>
public sealed class MultipartUploadTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string _container = "c" + Guid.NewGuid().ToString("N");
    private readonly TestIntegrations _integrations = new([("Storage:ConnectionString", azurite.ConnectionString)]);

    public async ValueTask InitializeAsync() =>
        await _integrations.Get<IBlobStore>().CreateContainerAsync(_container, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _integrations.DisposeAsync();

    [Fact]
    public async Task Parts_BecomeTheBlob_InTheirOrder()
    {
        await PutAsync("source", "0123456789");
        string upload = await BeginAsync(("ContentType", "text/plain"), ("Metadata", JsonObject.Create(("by", "me"))));

        // The second first, and the first twice: the ETags define which counts.
        string second = await PartAsync(upload, 2, JsonValue.Parse("[2]"));
        await PartAsync(upload, 1, JsonValue.Parse("[0]"));
        string first = await PartAsync(upload, 1, JsonValue.Parse("[1]"));
        JsonObject copied = await RunAsync("uploadPartCopy", ("UploadId", upload), ("PartNumber", 3), ("CopySource", _container + "/source"), ("CopySourceRange", "bytes=2-4"));
        string third = Text((JsonObject)copied["CopyPartResult"]!, "ETag");
        JsonObject done = await CompleteAsync(upload, (1, first), (2, second), (3, third));

        JsonObject got = await RunAsync("getObject");
        Assert.Equal("[1][2]234", got["Body"]);
        Assert.Equal("text/plain", got["ContentType"]);
        Assert.Equal(JsonValue.Parse("""{"by":"me"}"""), got["Metadata"]);
        Assert.Equal(done["ETag"], got["ETag"]);
    }

    [Fact]
    public async Task Parts_ThatAreNotCompleted_AreNoBlob()
    {
        string upload = await BeginAsync();
        await PartAsync(upload, 1, JsonValue.Parse("[1]"));

        Assert.Empty(await RunAsync("abortMultipartUpload", ("UploadId", upload)));
        Assert.Equal("S3.NoSuchKeyException", (await _integrations.RejectAsync("aws-sdk:s3:getObject", Arguments())).Error);
    }

    [Fact]
    public async Task Uploads_OfOneBlob_DoNotMix()
    {
        string one = await BeginAsync();
        string other = await BeginAsync("call-2");
        string part = await PartAsync(one, 1, JsonValue.Parse("[1]"));

        Assert.Contains("could not be found", (await _integrations.RejectAsync("aws-sdk:s3:completeMultipartUpload", Completion(other, (1, part)))).Cause, StringComparison.Ordinal);
        await CompleteAsync(one, (1, part));
    }

    [Theory]
    [InlineData("uploadPart", """{"UploadId":"bm9uZQ","PartNumber":1,"Body":1}""", "S3.NoSuchUploadException")]
    [InlineData("uploadPart", """{"UploadId":"%%%","PartNumber":1,"Body":1}""", "S3.NoSuchUploadException")]
    [InlineData("uploadPart", """{"UploadId":"$","PartNumber":10001,"Body":1}""", "S3.S3Exception")]
    [InlineData("uploadPart", """{"UploadId":"$","Body":1}""", "S3.S3Exception")]
    [InlineData("uploadPartCopy", """{"UploadId":"$","PartNumber":1,"CopySource":"nowhere"}""", "S3.S3Exception")]
    [InlineData("uploadPartCopy", """{"UploadId":"$","PartNumber":1,"CopySource":"c/k","CopySourceRange":"bytes=5-"}""", "S3.S3Exception")]
    [InlineData("uploadPartCopy", """{"UploadId":"$","PartNumber":1,"CopySource":"nosuchcontainer/k"}""", "S3.NoSuchBucketException")]
    [InlineData("completeMultipartUpload", """{"UploadId":"$","MultipartUpload":{"Parts":[]}}""", "S3.S3Exception")]
    [InlineData("completeMultipartUpload", """{"UploadId":"$","MultipartUpload":{"Parts":[{"ETag":"x"}]}}""", "S3.S3Exception")]
    [InlineData("completeMultipartUpload", """{"UploadId":"$","MultipartUpload":{"Parts":[{"ETag":"x","PartNumber":1}]}}""", "S3.S3Exception")]
    [InlineData("completeMultipartUpload", """{"UploadId":"$","MultipartUpload":{"Parts":[{"ETag":"0123456789abcdef0123456789abcdef","PartNumber":2},{"ETag":"0123456789abcdef0123456789abcdef","PartNumber":1}]}}""", "S3.S3Exception")]
    public async Task WhatIsWrong_IsS3sError(string action, string arguments, string error)
    {
        var given = (JsonObject)JsonValue.Parse(arguments.Replace("\"$\"", $"\"{await BeginAsync()}\"", StringComparison.Ordinal));

        Assert.Equal(error, (await _integrations.RejectAsync("aws-sdk:s3:" + action, given.With("Bucket", _container).With("Key", "k").ToString())).Error);
    }

    [Fact]
    public async Task Begin_InABucketThatIsNotThere_IsRefused() => Assert.Equal(
        "S3.NoSuchBucketException",
        (await _integrations.RejectAsync("aws-sdk:s3:createMultipartUpload", """{"Bucket":"nosuchcontainer","Key":"k"}""")).Error);

    private static string Text(JsonObject members, string name) => ((JsonString)members[name]!).Value;

    private async Task PutAsync(string name, string content) =>
        await new BlobContainerClient(azurite.ConnectionString, _container).GetBlobClient(name).UploadAsync(BinaryData.FromString(content), TestContext.Current.CancellationToken);

    private Task<string> BeginAsync(params (string, JsonValue)[] arguments) => BeginAsync("call-1", arguments);

    private async Task<string> BeginAsync(string key, params (string, JsonValue)[] arguments) =>
        Text(await _integrations.CompleteAsync("aws-sdk:s3:createMultipartUpload", Arguments(arguments), key), "UploadId");

    private async Task<string> PartAsync(string upload, int number, JsonValue body) =>
        Text(await RunAsync("uploadPart", ("UploadId", upload), ("PartNumber", number), ("Body", body)), "ETag");

    private Task<JsonObject> CompleteAsync(string upload, params (int Number, string ETag)[] parts) =>
        _integrations.CompleteAsync("aws-sdk:s3:completeMultipartUpload", Completion(upload, parts));

    private string Completion(string upload, params (int Number, string ETag)[] parts) => Arguments(
        ("UploadId", upload),
        ("MultipartUpload", JsonObject.Create(("Parts", JsonArray.From(parts.Select(static part => (JsonValue)JsonObject.Create(("ETag", part.ETag), ("PartNumber", part.Number))))))));

    private Task<JsonObject> RunAsync(string action, params (string, JsonValue)[] arguments) => _integrations.CompleteAsync("aws-sdk:s3:" + action, Arguments(arguments));

    private string Arguments(params (string, JsonValue)[] more) => JsonObject.Create([("Bucket", _container), ("Key", "k"), .. more]).ToString();
}
