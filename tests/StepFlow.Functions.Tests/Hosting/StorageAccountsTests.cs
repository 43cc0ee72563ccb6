using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Hosting;

/// <summary>The host's account holds executions; what workflows name is in an account of its own.</summary>
public sealed class StorageAccountsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workflow_WithAnAccountOfItsOwn_ReadsAndWritesThereAndNowhereElse()
    {
        string bucket = AzuriteFixture.UniqueName() + "data";
        string queue = AzuriteFixture.UniqueName() + "queue";
        var workflows = new BlobServiceClient(azurite.OtherConnectionString);
        await workflows.CreateBlobContainerAsync(bucket, cancellationToken: Cancelled);
        string hosts = AzuriteFixture.UniqueName() + "hosts";
        await new BlobServiceClient(azurite.ConnectionString).CreateBlobContainerAsync(hosts, cancellationToken: Cancelled);
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(
            azurite,
            configure: static services => services.Replace(ServiceDescriptor.Singleton<ITaskRunner>(static provider => provider.GetRequiredService<TaskRouter>())),
            settings: new Dictionary<string, string?> { ["WorkflowStorage"] = azurite.OtherConnectionString, ["StepFlow:Messages:CreateMissing"] = "true" });
        await fixture.CreateMachineAsync("M", $$$$"""
            {"StartAt":"Put","States":{
              "Put":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:s3:putObject","Parameters":{"Bucket":"{{{{bucket}}}}","Key":"items.json","Body":["a","b"]},"ResultPath":null,"Next":"Send"},
              "Send":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{"QueueUrl":"{{{{queue}}}}","MessageBody":"m"},"ResultPath":null,"Next":"Each"},
              "Each":{"Type":"Map","Next":"Spy",
                "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"JSON"},"Parameters":{"Bucket":"{{{{bucket}}}}","Key":"items.json"}},
                "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},
                "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"{{{{bucket}}}}","Prefix":"results"}}},
              "Spy":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:s3:listObjectsV2","Parameters":{"Bucket":"{{{{hosts}}}}"},"End":true}}}
            """);

        JsonObject ended = await fixture.EndAsync(await fixture.StartAsync("M"));

        Assert.Equal("S3.NoSuchBucketException", ((JsonString)ended["error"]!).Value);
        List<string> written = [];
        await foreach (Azure.Storage.Blobs.Models.BlobItem blob in workflows.GetBlobContainerClient(bucket).GetBlobsAsync(cancellationToken: Cancelled))
        {
            written.Add(blob.Name);
        }

        Assert.Contains("items.json", written);
        Assert.Contains(written, static name => name.StartsWith("results/", StringComparison.Ordinal) && name.EndsWith("manifest.json", StringComparison.Ordinal));
        Assert.True(await new QueueClient(azurite.OtherConnectionString, queue).ExistsAsync(Cancelled));
        Assert.False(await new QueueClient(azurite.ConnectionString, queue).ExistsAsync(Cancelled));
        Assert.False(await new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient(bucket).ExistsAsync(Cancelled));
        Assert.False(await workflows.GetBlobContainerClient(fixture.Host.Prefix + "stepflow-executions").ExistsAsync(Cancelled));
    }
}
