using Azure.Storage.Blobs;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Blobs;

public sealed class BlobIntegrationTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string _container = "c" + Guid.NewGuid().ToString("N");
    private readonly TestIntegrations _integrations = new([("Storage:ConnectionString", azurite.ConnectionString)]);

    public async ValueTask InitializeAsync() =>
        await _integrations.Get<IBlobStore>().CreateContainerAsync(_container, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _integrations.DisposeAsync();

    [Fact]
    public async Task PutThenGet_TextByS3sNames_IsItsJson()
    {
        JsonObject put = await _integrations.CompleteAsync("aws-sdk:s3:putObject", Arguments("a/b.txt", ", \"Body\": \"größe\", \"Metadata\": {\"by\": \"me\"}"));
        JsonObject got = await _integrations.CompleteAsync("aws-sdk:s3:getObject", Arguments("a/b.txt"));

        Assert.Equal("\"größe\"", got["Body"]);
        Assert.Equal(9, got["ContentLength"]);
        Assert.Equal("binary/octet-stream", got["ContentType"]);
        Assert.Equal(put["ETag"], got["ETag"]);
        Assert.Equal(JsonValue.Parse("""{"by":"me"}"""), got["Metadata"]);
    }

    [Fact]
    public async Task Put_Json_IsWrittenAsJson()
    {
        await _integrations.CompleteAsync("azure:blob:putBlob", $$$"""{"Container": "{{{_container}}}", "Blob": "j", "Body": {"a": 1}}""");
        JsonObject got = await _integrations.CompleteAsync("azure:blob:getBlob", $$"""{"Container": "{{_container}}", "Blob": "j"}""");

        Assert.Equal(("{\"a\":1}", "application/json"), (got["Body"], got["ContentType"]));
    }

    /// <summary>They travel in headers, where a line's end begins the next header, or the next request.</summary>
    [Theory]
    [InlineData("\"ContentType\": \"text/plain\\r\\nx-ms-version: 1\"", "ContentType")]
    [InlineData("\"ContentType\": \"no media type\"", "ContentType")]
    [InlineData("\"Metadata\": {\"by\": \"me\\r\\nx-ms-blob-type: PageBlob\"}", "metadata value")]
    [InlineData("\"Metadata\": {\"by\\r\\nx\": \"me\"}", "metadata name")]
    public async Task Put_HeaderThatIsNone_IsRefused(string member, string named)
    {
        TaskRejected rejected = await _integrations.RejectAsync("aws-sdk:s3:putObject", Arguments("refused.txt", ", \"Body\": \"b\", " + member));

        Assert.Contains(named, rejected.Cause, StringComparison.Ordinal);
        Assert.False(await new BlobContainerClient(azurite.ConnectionString, _container).GetBlobClient("refused.txt").ExistsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AzureNames_WithoutAnArn_ReturnAzuresTerms()
    {
        JsonObject put = await RunAsync("azure:blob:putBlob", $$"""{"Container": "{{_container}}", "Blob": "d/a.txt", "Body": "text"}""");
        JsonObject got = await RunAsync("azure:blob:getBlob", $$"""{"Container": "{{_container}}", "Blob": "d/a.txt"}""");
        JsonObject copied = await RunAsync("azure:blob:copyBlob", $$"""{"Container": "{{_container}}", "Blob": "b", "CopySource": "{{_container}}/d/a.txt"}""");
        JsonObject listed = await RunAsync("azure:blob:listBlobs", $$"""{"Container": "{{_container}}", "Delimiter": "/", "MaxResults": 10}""");

        Assert.Equal(["ETag", "LastModified"], put.Select(static member => member.Key));
        Assert.Equal(["ContentLength", "ContentType", "ETag", "LastModified", "Metadata", "Body"], got.Select(static member => member.Key));
        Assert.Equal(["ETag", "LastModified"], copied.Select(static member => member.Key));
        Assert.Equal(["Blobs", "Prefixes"], listed.Select(static member => member.Key));
        Assert.Equal(("b", 4, "[\"d/\"]"), (((JsonObject)((JsonArray)listed["Blobs"]!)[0])["Name"], ((JsonObject)((JsonArray)listed["Blobs"]!)[0])["ContentLength"], listed["Prefixes"]!.ToString()));
    }

    [Theory]
    [InlineData("azure:blob:getBlob", """{"Container": "no-such-container", "Blob": "b"}""", "Blob.ContainerNotFound")]
    [InlineData("azure:blob:getBlob", """{"Container": "CONTAINER", "Blob": "none"}""", "Blob.BlobNotFound")]
    [InlineData("azure:blob:getBlob", """{"Container": "CONTAINER", "Blob": "../none"}""", "Blob.InvalidResourceName")]
    [InlineData("azure:blob:getBlob", """{"Container": "..", "Blob": "none"}""", "Blob.InvalidResourceName")]
    [InlineData("azure:blob:getBlob", """{"Container": "azure-webjobs-secrets", "Blob": "host.json"}""", "Blob.ContainerNotAllowed")]
    [InlineData("azure:blob:getBlob", """{"Container": "CONTAINER", "Blob": "none", "VersionId": "2026-01-02T03:04:05.1234567Z"}""", "Blob.BlobVersionNotFound")]
    [InlineData("azure:blob:getBlob", """{"Container": "CONTAINER"}""", "Blob.InvalidArgument")]
    [InlineData("azure:queue:sendMessage", """{"Queue": "no-such-queue", "MessageBody": "b"}""", "Queue.QueueNotFound")]
    [InlineData("azure:queue:sendMessage", """{"Queue": "no-such-queue"}""", "Queue.InvalidArgument")]
    public async Task AzureNames_Failures_HaveAzuresCodes(string resource, string arguments, string error)
    {
        TaskCall call = TestIntegrations.Call("none", arguments.Replace("CONTAINER", _container, StringComparison.Ordinal)) with { Resource = Language.TaskResource.Parse(resource) };

        var rejected = Assert.IsType<TaskRejected>(await _integrations.Runner.RunAsync(call, TestContext.Current.CancellationToken));

        Assert.Equal(error, rejected.Error);
        Assert.DoesNotContain("Amazon", rejected.Cause, StringComparison.Ordinal);
        Assert.DoesNotContain("S3", rejected.Cause, StringComparison.Ordinal);
    }

    private async Task<JsonObject> RunAsync(string resource, string arguments)
    {
        TaskCall call = TestIntegrations.Call("none", arguments) with { Resource = Language.TaskResource.Parse(resource) };
        return (JsonObject)Assert.IsType<TaskCompleted>(await _integrations.Runner.RunAsync(call, TestContext.Current.CancellationToken)).Output;
    }

    [Fact]
    public async Task Put_IfNoneMatchAndTheBlobExists_IsRefused()
    {
        await _integrations.CompleteAsync("aws-sdk:s3:putObject", Arguments("once", ", \"Body\": \"1\", \"IfNoneMatch\": \"*\""));

        TaskRejected rejected = await _integrations.RejectAsync("aws-sdk:s3:putObject", Arguments("once", ", \"Body\": \"2\", \"IfNoneMatch\": \"*\""));

        Assert.Equal("S3.S3Exception", rejected.Error);
        Assert.Contains("Status Code: 412", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_ExistingBlob_IsThere()
    {
        await _integrations.CompleteAsync("aws-sdk:s3:putObject", Arguments("from", ", \"Body\": \"x\""));

        JsonObject copied = await _integrations.CompleteAsync("aws-sdk:s3:copyObject", Arguments("to", $", \"CopySource\": \"{_container}/from\""));
        JsonObject head = await _integrations.CompleteAsync("aws-sdk:s3:headObject", Arguments("to"));

        Assert.Equal(((JsonObject)copied["CopyObjectResult"]!)["ETag"], head["ETag"]);
    }

    [Fact]
    public async Task Delete_Twice_IsNoFailure()
    {
        await _integrations.CompleteAsync("aws-sdk:s3:putObject", Arguments("gone", ", \"Body\": \"x\""));

        await _integrations.CompleteAsync("aws-sdk:s3:deleteObject", Arguments("gone"));
        await _integrations.CompleteAsync("aws-sdk:s3:deleteObject", Arguments("gone"));

        TaskRejected rejected = await _integrations.RejectAsync("aws-sdk:s3:getObject", Arguments("gone"));
        Assert.Equal("S3.NoSuchKeyException", rejected.Error);
        Assert.StartsWith("The specified key does not exist. (Service: S3, Status Code: 404, Request ID: ", rejected.Cause, StringComparison.Ordinal);
    }

    /// <summary>Azurite keeps no versions: none is found there, and the current one is never taken in its place.</summary>
    [Theory]
    [InlineData("getObject", "")]
    [InlineData("headObject", "")]
    [InlineData("deleteObject", "")]
    [InlineData("getObjectTagging", "")]
    [InlineData("putObjectTagging", ", \"Tagging\": {\"TagSet\": []}")]
    [InlineData("deleteObjectTagging", "")]
    public async Task AnyAction_VersionThatTheAccountDoesNotHave_IsRefusedAndNamed(string action, string more)
    {
        await _integrations.CompleteAsync("aws-sdk:s3:putObject", Arguments("versioned", ", \"Body\": \"x\""));

        foreach (string version in (string[])["2026-01-02T03:04:05.1234567Z", "BcK42coT2jE1234VHLUvBV1yLNod2OEt"])
        {
            TaskRejected rejected = await _integrations.RejectAsync("aws-sdk:s3:" + action, Arguments("versioned", $", \"VersionId\": \"{version}\"{more}"));

            Assert.Equal("S3.S3Exception", rejected.Error);
            Assert.StartsWith("The specified version does not exist. (Service: S3, Status Code: 404, ", rejected.Cause, StringComparison.Ordinal);
            Assert.Contains($"'{version}'", rejected.Cause, StringComparison.Ordinal);
        }

        Assert.Equal("\"x\"", (await _integrations.CompleteAsync("aws-sdk:s3:getObject", Arguments("versioned")))["Body"]);
    }

    [Fact]
    public async Task Get_VersionOfABlobWithoutVersions_IsReadByTheNameNull()
    {
        await _integrations.CompleteAsync("aws-sdk:s3:putObject", Arguments("versioned", ", \"Body\": \"x\""));

        JsonObject got = await _integrations.CompleteAsync("aws-sdk:s3:getObject", Arguments("versioned", ", \"VersionId\": \"null\""));

        Assert.Equal("\"x\"", got["Body"]);
        Assert.Null(got["VersionId"]);
    }

    [Fact]
    public async Task List_Pages_GiveEveryBlobOnceInOrder()
    {
        foreach (string name in (string[])["l/c", "l/a", "l/b", "l/d/x", "other"])
        {
            await _integrations.CompleteAsync("aws-sdk:s3:putObject", Arguments(name, ", \"Body\": \"x\""));
        }

        JsonObject first = await _integrations.CompleteAsync("aws-sdk:s3:listObjectsV2", $$"""{"Bucket": "{{_container}}", "Prefix": "l/", "MaxKeys": 3}""");
        JsonObject second = await _integrations.CompleteAsync("aws-sdk:s3:listObjectsV2", $$"""{"Bucket": "{{_container}}", "Prefix": "l/", "ContinuationToken": {{first["NextContinuationToken"]}}}""");
        JsonObject folders = await _integrations.CompleteAsync("aws-sdk:s3:listObjectsV2", $$"""{"Bucket": "{{_container}}", "Prefix": "l/", "Delimiter": "/"}""");

        Assert.Equal(["l/a", "l/b", "l/c"], Keys(first));
        Assert.Equal((JsonValue.True, JsonValue.False), (first["IsTruncated"], second["IsTruncated"]));
        Assert.Equal(["l/d/x"], Keys(second));
        Assert.Equal(JsonValue.Parse("""[{"Prefix":"l/d/"}]"""), folders["CommonPrefixes"]);
    }

    [Fact]
    public async Task Get_NoSuchBucket_NamesTheSettingToAdd()
    {
        TaskRejected rejected = await _integrations.RejectAsync("aws-sdk:s3:getObject", """{"Bucket": "no-such-bucket", "Key": "k"}""");

        Assert.Equal("S3.NoSuchBucketException", rejected.Error);
        Assert.StartsWith("The specified bucket does not exist (Service: S3, Status Code: 404, ", rejected.Cause, StringComparison.Ordinal);
        Assert.EndsWith("Add the setting 'StepFlow:Blobs:Buckets:no-such-bucket'.", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_BucketWithAnotherContainer_ReadsThatContainer()
    {
        await using var mapped = new TestIntegrations([("Storage:ConnectionString", azurite.ConnectionString), ("Blobs:Buckets:My.Bucket", _container)]);
        await mapped.CompleteAsync("aws-sdk:s3:putObject", """{"Bucket": "My.Bucket", "Key": "k", "Body": "mapped"}""");

        JsonObject got = await _integrations.CompleteAsync("aws-sdk:s3:getObject", Arguments("k"));

        Assert.Equal("\"mapped\"", got["Body"]);
    }

    [Fact]
    public async Task Get_LargerThanAllowed_IsRefused()
    {
        await using var small = new TestIntegrations([("Storage:ConnectionString", azurite.ConnectionString), ("Blobs:MaxReadBytes", "3")]);
        await small.CompleteAsync("aws-sdk:s3:putObject", Arguments("big", ", \"Body\": \"four\""));

        TaskRejected rejected = await small.RejectAsync("aws-sdk:s3:getObject", Arguments("big"));

        Assert.Contains("StepFlow:Blobs:MaxReadBytes", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NoStorageConfigured_NamesTheSettingToAdd()
    {
        await using var bare = new TestIntegrations([]);

        TaskRejected rejected = await bare.RejectAsync("aws-sdk:s3:getObject", Arguments("k"));

        Assert.EndsWith("Add the setting 'StepFlow:Storage:ConnectionString' or 'StepFlow:Storage:AccountName'.", rejected.Cause, StringComparison.Ordinal);
    }

    private string Arguments(string key, string more = "") => $$"""{"Bucket": "{{_container}}", "Key": "{{key}}"{{more}}}""";

    private static IEnumerable<string> Keys(JsonObject page) =>
        ((JsonArray)page["Contents"]!).Select(static blob => ((JsonString)((JsonObject)blob)["Key"]!).Value);
}
