using System.Text;
using Microsoft.AspNetCore.Http;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Integrations.Tests.Blobs;

/// <summary>Blobs of an account that keeps versions, which Azurite does not.</summary>
public sealed class BlobVersionTests : IAsyncLifetime
{
    private const string Old = "2026-01-02T03:04:05.1234567Z";
    private const string Current = "2026-02-03T04:05:06.1234567Z";
    private const string Copy = "11111111-2222-3333-4444-555555555555";
    private const string Unknown = "2026-03-04T05:06:07.1234567Z";

    private readonly Dictionary<string, string> _versions = new() { [Old] = "[1,2]", [Current] = "[3]" };
    private TestServer _server = null!;
    private TestIntegrations _integrations = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(RespondAsync);
        _integrations = new([("Storage:ConnectionString", $"AccountName=account;AccountKey=a2V5;BlobEndpoint={_server.Url}/account")]);
    }

    public async ValueTask DisposeAsync()
    {
        await _integrations.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("", Current, "[3]")]
    [InlineData(", \"VersionId\": \"" + Old + "\"", Old, "[1,2]")]
    public async Task Get_Version_IsTheOneThatIsNamed(string version, string expected, string body)
    {
        JsonObject got = await _integrations.CompleteAsync("aws-sdk:s3:getObject", Arguments(version));
        JsonObject head = await _integrations.CompleteAsync("aws-sdk:s3:headObject", Arguments(version));

        Assert.Equal((expected, body), (got["VersionId"], got["Body"]));
        Assert.Equal((expected, (JsonValue)body.Length), (head["VersionId"], head["ContentLength"]!));
    }

    [Theory]
    [InlineData(Unknown)]
    [InlineData("null")]
    [InlineData("BcK42coT2jE1234VHLUvBV1yLNod2OEt")]
    public async Task Get_NoSuchVersion_IsRefused(string version)
    {
        TaskRejected rejected = await _integrations.RejectAsync("aws-sdk:s3:getObject", Arguments($", \"VersionId\": \"{version}\""));

        Assert.StartsWith("The specified version does not exist. ", rejected.Cause, StringComparison.Ordinal);
        Assert.Contains($"'{version}'", rejected.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws-sdk:s3:putObject", """{"Bucket":"data","Key":"new.json","Body":[4]}""", "ETag,ServerSideEncryption,VersionId")]
    [InlineData("azure:blob:putBlob", """{"Container":"data","Blob":"new.json","Body":[4]}""", "ETag,LastModified,VersionId")]
    [InlineData("aws-sdk:s3:copyObject", """{"Bucket":"data","Key":"new.json","CopySource":"data/items.json"}""", "CopyObjectResult,ServerSideEncryption,VersionId")]
    [InlineData("azure:blob:copyBlob", """{"Container":"data","Blob":"new.json","CopySource":"data/items.json"}""", "ETag,LastModified,VersionId")]
    public async Task Write_ToAnAccountWithVersions_ReturnsTheVersion(string resource, string arguments, string members)
    {
        JsonObject written = await _integrations.CompleteAsync(resource, arguments);

        Assert.Equal(members, string.Join(',', written.Select(static member => member.Key)));
        Assert.Equal(Current, written["VersionId"]);
    }

    [Fact]
    public async Task Delete_OldVersion_LeavesTheCurrentOneAndIsRepeatable()
    {
        await _integrations.CompleteAsync("aws-sdk:s3:deleteObject", Arguments($", \"VersionId\": \"{Old}\""));
        await _integrations.CompleteAsync("aws-sdk:s3:deleteObject", Arguments($", \"VersionId\": \"{Old}\""));

        Assert.Equal([Current], _versions.Keys);
    }

    [Fact]
    public async Task ObjectStore_Version_IsTheOneThatTheItemReaderNames()
    {
        Assert.Equal("[3]", await ReadItemsAsync(null));
        Assert.Equal("[1,2]", await ReadItemsAsync(Old));
    }

    [Fact]
    public async Task ObjectStore_NoSuchVersion_IsRefusedAndNamed()
    {
        var refusal = await Assert.ThrowsAsync<ObjectStoreException>(() => ReadItemsAsync(Unknown));

        Assert.Equal(MapRunErrors.NoSuchVersion(new("data", "items.json", Unknown)), refusal.Message);
        Assert.Contains($"VersionId: {Unknown}", refusal.Message, StringComparison.Ordinal);
    }

    private static string Arguments(string more) => $$"""{"Bucket": "data", "Key": "items.json"{{more}}}""";

    private async Task<string> ReadItemsAsync(string? version)
    {
        string read = string.Empty;
        var objects = new BlobObjectStore(_integrations.Get<WorkflowBlobs>(), new BlobOptions());
        await objects.ReadAsync(new("data", "items.json", version), new(), async (content, token) =>
        {
            using var reader = new StreamReader(content.Stream);
            read = await reader.ReadToEndAsync(token);
        }, TestContext.Current.CancellationToken);
        return read;
    }

    /// <summary>Azure Storage, "Get Blob": the version is in the query, and the response names the one that is given.</summary>
    private async Task RespondAsync(HttpContext context)
    {
        string version = context.Request.Query["versionid"].FirstOrDefault() ?? Current;
        HttpResponse response = context.Response;
        if (!DateTimeOffset.TryParse(version, System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            (response.StatusCode, response.Headers["x-ms-error-code"]) = (400, "InvalidQueryParameterValue");
        }
        else if (!_versions.TryGetValue(version, out string? body))
        {
            (response.StatusCode, response.Headers["x-ms-error-code"]) = (404, "BlobNotFound");
        }
        else if (HttpMethods.IsDelete(context.Request.Method))
        {
            _versions.Remove(version);
            response.StatusCode = 202;
        }
        else if (HttpMethods.IsPut(context.Request.Method))
        {
            // "Put Blob" is created, "Copy Blob" is accepted.
            response.StatusCode = context.Request.Headers.ContainsKey("x-ms-copy-source") ? 202 : 201;
            response.Headers["x-ms-version-id"] = version;
            response.Headers["x-ms-copy-id"] = Copy;
            response.Headers["x-ms-copy-status"] = "success";
            response.Headers.ETag = $"\"{version}\"";
            response.Headers.LastModified = "Fri, 02 Jan 2026 03:04:05 GMT";
        }
        else
        {
            response.Headers["x-ms-version-id"] = version;
            response.Headers["x-ms-copy-id"] = Copy;
            response.Headers["x-ms-copy-status"] = "success";
            response.Headers.ETag = $"\"{version}\"";
            response.Headers.LastModified = "Fri, 02 Jan 2026 03:04:05 GMT";
            response.Headers["x-ms-blob-type"] = "BlockBlob";
            response.ContentType = "application/json";
            response.ContentLength = body.Length;
            if (HttpMethods.IsGet(context.Request.Method))
            {
                await response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), context.RequestAborted);
            }
        }
    }
}
