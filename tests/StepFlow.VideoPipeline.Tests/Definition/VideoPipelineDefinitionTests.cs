using System.Collections.Concurrent;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;
using StepFlow.Runtime.InMemory;
using StepFlow.VideoPipeline.Definition;
using StepFlow.VideoPipeline.Media;

namespace StepFlow.VideoPipeline.Tests.Definition;

public sealed class VideoPipelineDefinitionTests
{
    private static readonly LoadResult Loaded = StateMachineLoader.Load(VideoPipelineDefinition.Read());
    private readonly Tasks _tasks = new();

    [Fact]
    public void Definition_Always_IsValidWithoutDiagnostics() => Assert.Empty(Loaded.Diagnostics);

    [Fact]
    public async Task Run_EverythingWell_WritesTheItemThenNotifies()
    {
        InMemoryExecution execution = await RunAsync();

        Assert.Equal(ExecutionStatus.Succeeded, execution.Status);
        Assert.Equal(
            ["video-validate", "video-thumbnails", "video-transcode", "video-transcode", "video-metadata", "dynamodb:putItem", "sqs:sendMessage"],
            _tasks.Calls.Select(static call => call.Name).Order(Tasks.ByPlace));
        JsonObject item = (JsonObject)_tasks.Arguments("dynamodb:putItem")["Item"]!;
        Assert.Equal(JsonValue.Parse("""{"N":"1.5"}"""), item["durationSeconds"]);
        JsonObject message = (JsonObject)_tasks.Arguments("sqs:sendMessage")["MessageBody"]!;
        Assert.Equal(("SUCCEEDED", "v.mp4", JsonValue.Parse("""["480p","240p"]""")), (message["status"], message["blob"], message["renditions"]));
    }

    [Fact]
    public async Task Run_TranscodingFailsTwice_IsRepeatedAndSucceeds()
    {
        _tasks.Fail("video-transcode", VideoErrors.TranscodingFailed, times: 2);

        InMemoryExecution execution = await RunAsync();

        Assert.Equal(ExecutionStatus.Succeeded, execution.Status);
        Assert.Equal(4, _tasks.Calls.Count(static call => call.Name == "video-transcode"));
    }

    [Fact]
    public async Task Run_TranscodingKeepsFailing_IsTriedFourTimesWithGrowingPausesThenReported()
    {
        _tasks.Fail("video-transcode", VideoErrors.TranscodingFailed, times: int.MaxValue);

        InMemoryExecution execution = await RunAsync();

        Assert.Equal((ExecutionStatus.Failed, VideoErrors.TranscodingFailed), (execution.Status, execution.Error!.Name));
        DateTimeOffset[] attempts = [.. _tasks.Calls.Where(static call => call is { Name: "video-transcode", Rendition: "480p" }).Select(static call => call.Time)];
        Assert.Equal([1, 2, 4], attempts.Zip(attempts.Skip(1), static (one, next) => Math.Round((next - one).TotalSeconds)));
        AssertToldOfFailure(VideoErrors.TranscodingFailed);
        Assert.Equal("Failed", execution.History.Select(static entry => entry.Details).OfType<StateEnteredDetails>().Last().Name);
    }

    [Fact]
    public async Task Run_NoVideo_IsNotRepeated()
    {
        _tasks.Fail("video-validate", VideoErrors.NotAVideo, times: int.MaxValue);

        InMemoryExecution execution = await RunAsync();

        Assert.Equal((ExecutionStatus.Failed, VideoErrors.NotAVideo), (execution.Status, execution.Error!.Name));
        Assert.Equal(["video-validate", "sqs:sendMessage"], _tasks.Calls.Select(static call => call.Name));
        AssertToldOfFailure(VideoErrors.NotAVideo);
    }

    [Fact]
    public void TakeFailure_ByManyThreads_GivesExactlyAsManyAsRequested()
    {
        _tasks.Fail("f", "E", times: 100_000);
        int taken = 0;
        Parallel.For(0, 400_000, _ => Interlocked.Add(ref taken, _tasks.TakeFailure("f") ? 1 : 0));

        Assert.Equal(100_000, taken);
    }

    private void AssertToldOfFailure(string error)
    {
        JsonObject message = (JsonObject)_tasks.Arguments("sqs:sendMessage")["MessageBody"]!;
        Assert.Equal(("FAILED", "v.mp4", error, "why"), (message["status"], message["blob"], message["error"], message["cause"]));
    }

    private Task<InMemoryExecution> RunAsync()
    {
        var clock = new VirtualClock(DateTimeOffset.UnixEpoch);
        _tasks.Clock = clock;
        var runner = new InMemoryRunner(new InMemoryOptions { Tasks = _tasks, Clock = clock });
        const string Input = """{"container":"videos","blob":"v.mp4","etag":"1"}""";
        return runner.RunAsync(
            Loaded.Machine!,
            new ExecutionStart
            {
                ExecutionArn = "arn:aws:states:us-east-1:000000000000:execution:video-pipeline:run",
                Name = "run",
                StateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:video-pipeline",
                StateMachineName = "video-pipeline",
                RoleArn = "arn:aws:iam::000000000000:role/any",
                Input = JsonValue.Parse(Input),
                InputText = Input,
                StartTime = DateTimeOffset.UnixEpoch,
                TokenSecret = "secret",
            },
            null,
            TestContext.Current.CancellationToken);
    }

    /// <summary>Responds as the pipeline's functions and services do, and records the calls.</summary>
    private sealed class Tasks : ITaskRunner
    {
        private static readonly string[] Places = ["video-validate", "video-thumbnails", "video-transcode", "video-metadata", "dynamodb:putItem", "sqs:sendMessage"];
        private readonly ConcurrentDictionary<string, int> _failures = new();
        private string _error = string.Empty;

        public static Comparer<string> ByPlace { get; } = Comparer<string>.Create(static (one, other) => Array.IndexOf(Places, one) - Array.IndexOf(Places, other));

        public TimeProvider Clock { get; set; } = TimeProvider.System;

        public ConcurrentQueue<(string Name, string? Rendition, DateTimeOffset Time, JsonObject Arguments)> Calls { get; } = new();

        public JsonObject Arguments(string name) => Calls.Single(call => call.Name == name).Arguments;

        public void Fail(string name, string error, int times) => (_failures[name], _error) = (times, error);

        /// <summary>Whether a call fails. Renditions are made at the same time, by several threads: each failure is given to one call.</summary>
        public bool TakeFailure(string name)
        {
            while (_failures.TryGetValue(name, out int left) && left > 0)
            {
                if (_failures.TryUpdate(name, left - 1, left))
                {
                    return true;
                }
            }

            return false;
        }

        public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
        {
            var arguments = (JsonObject)call.Arguments;
            var payload = arguments["Payload"] as JsonObject;
            string name = arguments["FunctionName"] is JsonString function ? function.Value : $"{call.Resource.Service}:{call.Resource.Action}";
            string? rendition = payload?["rendition"] is JsonObject wanted ? ((JsonString)wanted["name"]!).Value : null;
            Calls.Enqueue((name, rendition, Clock.GetUtcNow(), arguments));
            if (TakeFailure(name))
            {
                return Task.FromResult<TaskOutcome>(new TaskRejected(_error, "why"));
            }

            JsonValue response = name switch
            {
                "video-validate" => JsonValue.Parse("""{"id": "v-1", "video": {"durationSeconds": 1.5}, "renditions": [{"name": "480p", "width": 854, "height": 480}, {"name": "240p", "width": 426, "height": 240}]}"""),
                "video-transcode" => JsonObject.Create(("name", rendition!)),
                "video-thumbnails" => JsonValue.Parse("""{"poster": {}, "sprite": {}}"""),
                "video-metadata" => JsonValue.Parse("""{"durationSeconds": 1.5, "width": 854, "height": 480, "sha256": "00"}"""),
                _ => JsonObject.Empty,
            };
            return Task.FromResult<TaskOutcome>(new TaskCompleted(arguments.ContainsKey("FunctionName") ? JsonObject.Create(("Payload", response)) : response));
        }
    }
}
