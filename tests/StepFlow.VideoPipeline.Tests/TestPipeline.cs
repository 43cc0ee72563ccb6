using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Configuration;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Processes;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;
using StepFlow.Testing;
using StepFlow.VideoPipeline.Configuration;

namespace StepFlow.VideoPipeline.Tests;

/// <summary>The pipeline's functions as a host has them, on containers and a temporary folder of the test's own.</summary>
internal sealed class TestPipeline : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly TemporaryFolder _folder = new();
    private readonly BlobServiceClient _storage;

    private TestPipeline(string connectionString, IEnumerable<(string Setting, string Value)> settings)
    {
        _storage = new(connectionString);
        string suffix = Guid.NewGuid().ToString("N");
        (Input, Output) = ("in" + suffix, "out" + suffix);
        (string, string)[] own =
        [
            ("Storage:ConnectionString", connectionString), ("Video:InputContainer", Input), ("Video:OutputContainer", Output),
            ("Video:TempFolder", _folder.Path), ("Video:Preset", "ultrafast"), .. settings,
        ];
        IConfiguration section = new ConfigurationBuilder()
            .AddInMemoryCollection(own.GroupBy(static pair => pair.Item1).ToDictionary(static same => "StepFlow:" + same.Key, static same => (string?)same.Last().Item2))
            .Build()
            .GetSection("StepFlow");
        var services = new ServiceCollection();
        services.AddLogging().AddStepFlowIntegrations(section).AddStepFlowVideoPipeline(section);
        _services = services.BuildServiceProvider();
    }

    public string Input { get; }

    public string Output { get; }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static async Task<TestPipeline> CreateAsync(AzuriteFixture azurite, params (string Setting, string Value)[] settings)
    {
        var pipeline = new TestPipeline(azurite.ConnectionString, settings);
        foreach (string container in (string[])[pipeline.Input, pipeline.Output])
        {
            await pipeline.Get<IBlobStore>().CreateContainerAsync(container, TestContext.Current.CancellationToken);
        }

        return pipeline;
    }

    /// <summary>Makes a file and uploads it.</summary>
    /// <returns>The payload that names it.</returns>
    public async Task<JsonObject> UploadAsync(string blob, Func<string, Task> make)
    {
        string file = Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"));
        await make(file);
        var uploaded = await _storage.GetBlobContainerClient(Input).GetBlobClient(blob).UploadAsync(file, overwrite: true, TestContext.Current.CancellationToken);
        File.Delete(file);
        return JsonObject.Create(("container", Input), ("blob", blob), ("etag", uploaded.Value.ETag.ToString()));
    }

    /// <summary>Calls a function.</summary>
    public Task<FunctionResult> CallAsync(string function, JsonValue payload, string key = "call-1", CancellationToken? cancellationToken = null, Action<TaskProgress>? progress = null)
    {
        IFunctionHandler handler = _services.GetServices<IFunctionHandler>().Single(candidate => candidate.Name == function);
        var task = new TaskCall
        {
            ExecutionArn = "arn:aws:states:us-east-1:000000000000:execution:m:e",
            ExecutionName = "e",
            StateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:m",
            StateName = "State",
            Resource = TaskResource.Parse("arn:aws:states:::lambda:invoke"),
            Arguments = payload,
            IdempotencyKey = key,
            Progress = progress,
        };
        return handler.HandleAsync(new(function, null, payload, task), cancellationToken ?? TestContext.Current.CancellationToken);
    }

    /// <summary>Calls a function that returns.</summary>
    public async Task<JsonObject> ReturnAsync(string function, JsonValue payload, string key = "call-1")
    {
        FunctionResult result = await CallAsync(function, payload, key);
        Assert.False(result is FunctionFailed, result.ToString());
        return (JsonObject)((FunctionSucceeded)result).Payload;
    }

    /// <summary>Calls a function that fails.</summary>
    public async Task<FunctionFailed> FailAsync(string function, JsonValue payload, string key = "call-1") =>
        Assert.IsType<FunctionFailed>(await CallAsync(function, payload, key));

    /// <summary>Fetches a result into a file of the test's folder.</summary>
    public async Task<string> DownloadAsync(string blob)
    {
        string file = Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"));
        await _storage.GetBlobContainerClient(Output).GetBlobClient(blob).DownloadToAsync(file, TestContext.Current.CancellationToken);
        return file;
    }

    public async Task<string> ETagAsync(string blob) =>
        (await _storage.GetBlobContainerClient(Output).GetBlobClient(blob).GetPropertiesAsync(cancellationToken: TestContext.Current.CancellationToken)).Value.ETag.ToString();

    public async Task<string[]> OutputsAsync()
    {
        BlobResult<BlobPage> page = await Get<IBlobStore>().ListAsync(Output, new(), TestContext.Current.CancellationToken);
        return [.. page.Value!.Blobs.Select(static blob => blob.Name)];
    }

    /// <summary>Temporary folders of calls that are still there.</summary>
    public string[] CallFolders() => Directory.GetDirectories(_folder.Path, ProcessFolder.NamePrefix + "*");

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
