using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Executions;
using StepFlow.Language.Json;
using StepFlow.VideoPipeline.Watching;

namespace StepFlow.VideoPipeline.Tests.Watching;

public sealed class BlobWatcherTests(AzuriteFixture azurite)
{
    private readonly Starter _starter = new();

    [Fact]
    public async Task Look_EachVersionOfEachBlob_StartsOneExecution()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite);
        BlobWatcher watcher = Watch(pipeline);
        await UploadAsync(pipeline, "a.mp4", "1");
        await UploadAsync(pipeline, "ü b/c.mp4", "1");

        int first = await PollAsync(watcher);
        int again = await PollAsync(watcher);
        await UploadAsync(pipeline, "a.mp4", "2");
        int replaced = await PollAsync(watcher);

        Assert.Equal((2, 0, 1), (first, again, replaced));
        Assert.Equal(3, _starter.Executions.Count);
        Assert.All(_starter.Executions.Keys, static name => Assert.Matches("^[a-z0-9-]{1,80}$", name));
    }

    [Fact]
    public async Task Look_AfterARestart_StartsNothingTwice()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite);
        await UploadAsync(pipeline, "a.mp4", "1");
        int before = await PollAsync(Watch(pipeline));

        int after = await PollAsync(Watch(pipeline));

        Assert.Equal((1, 0), (before, after));
        (string name, string input) = _starter.Executions.Single();
        var parsed = (JsonObject)JsonValue.Parse(input);
        Assert.Equal(name, BlobWatcher.ExecutionName(pipeline.Input, "a.mp4", ((JsonString)parsed["etag"]!).Value));
        Assert.Equal(("a.mp4", pipeline.Input), (parsed["blob"], parsed["container"]));
    }

    [Fact]
    public async Task Look_StartRefused_TriesAgain()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite);
        BlobWatcher watcher = Watch(pipeline);
        await UploadAsync(pipeline, "a.mp4", "1");

        _starter.Refusal = new("ExecutionLimitExceeded", "later");
        int refused = await PollAsync(watcher);
        _starter.Refusal = null;
        int started = await PollAsync(watcher);

        Assert.Equal((0, 1), (refused, started));
    }

    [Fact]
    public async Task Run_RequestThatTimesOut_PollsAgain()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite, ("Video:WatchSeconds", "0.05"));
        await UploadAsync(pipeline, "a.mp4", "1");
        _starter.TimeOuts = 1;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task running = Watch(pipeline).RunAsync("arn:machine", stopping.Token);

        Assert.NotEqual(running, await Task.WhenAny(running, _starter.Started));
        Assert.Single(_starter.Executions);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Look_NoContainer_StartsNothing()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite);
        IOptions<VideoPipelineOptions> options = Options.Create(new VideoPipelineOptions { InputContainer = "no-such-container" });
        var watcher = new BlobWatcher(pipeline.Get<IBlobStore>(), _starter, options, TimeProvider.System, NullLogger<BlobWatcher>.Instance);

        Assert.Equal(0, await PollAsync(watcher));
    }

    private BlobWatcher Watch(TestPipeline pipeline) =>
        new(pipeline.Get<IBlobStore>(), _starter, pipeline.Get<IOptions<VideoPipelineOptions>>(), TimeProvider.System, NullLogger<BlobWatcher>.Instance);

    private static Task<int> PollAsync(BlobWatcher watcher) => watcher.PollAsync("arn:machine", TestContext.Current.CancellationToken);

    private static Task<JsonObject> UploadAsync(TestPipeline pipeline, string blob, string content) =>
        pipeline.UploadAsync(blob, file => File.WriteAllTextAsync(file, content));

    /// <summary>Keeps names as the service does: a name starts one execution.</summary>
    private sealed class Starter : IExecutionStarter
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Dictionary<string, string> Executions { get; } = [];

        public StartRefused? Refusal { get; set; }

        /// <summary>How many starts get no response in time: the client cancels its request.</summary>
        public int TimeOuts { get; set; }

        public Task Started => _started.Task;

        public Task<StartResult> StartAsync(StartRequest request, CancellationToken cancellationToken)
        {
            if (TimeOuts-- > 0)
            {
                throw new TaskCanceledException("The request timed out.");
            }

            StartResult result = Take(request);
            _started.TrySetResult();
            return Task.FromResult(result);
        }

        private StartResult Take(StartRequest request) =>
            Refusal is not null ? Refusal
            : Executions.TryAdd(request.Name!, request.Input) ? new Started("arn:" + request.Name, DateTimeOffset.UnixEpoch)
            : new StartRefused("ExecutionAlreadyExists", "Execution Already Exists");
    }
}
