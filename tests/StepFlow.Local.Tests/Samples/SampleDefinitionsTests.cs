using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Execution;
using StepFlow.Integrations.Configuration;
using StepFlow.Integrations.Resources;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;
using StepFlow.Local.Definitions;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.MapRuns;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Samples;

/// <summary>
/// The state machines of AWS' own samples, run under virtual time with a map that gives every Resource of them a meaning: each
/// ends, and none because of a Resource that is not known. Whether it ends well is another matter: the input is empty, and
/// one result stands for all services. Skipped where the samples are not there.
/// </summary>
public sealed class SampleDefinitionsTests
{
    /// <summary>One result for all: the members that the samples look for most often.</summary>
    private const string Result = """{"Payload":{},"StatusCode":200,"Items":[],"Count":0,"Body":"{}","statusCode":200}""";

    [Fact(Timeout = 300_000)]
    public async Task Samples_WithAMapForTheirResources_ComeToAnEnd()
    {
        string folder = Path.Combine(RecordedCases.Folder ?? string.Empty, "definitions", "workflows-collection");
        Assert.SkipUnless(RecordedCases.Folder is not null && Directory.Exists(folder), RecordedCases.Missing);
        string[] files = [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)];
        var problems = new List<string>();
        int ended = 0;
        foreach (string file in files)
        {
            string? problem = await RunAsync(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            ended += problem is null ? 1 : 0;
            problems.AddRange(problem is null ? [] : [$"{Path.GetFileName(file)}: {problem}"]);
        }

        TestContext.Current.SendDiagnosticMessage("{0} of {1} samples ended. {2}", ended, files.Length, string.Join("; ", problems));
        Assert.True(ended >= files.Length - 6, $"{ended} of {files.Length} samples ended:\n{string.Join('\n', problems)}");
    }

    /// <summary>Why it did not end; null where it did.</summary>
    private static async Task<string?> RunAsync(string text)
    {
        if (StateMachineLoader.Load(text).Machine is not { } machine)
        {
            return "does not compile";
        }

        string[] resources = [.. ResourceList.Of((JsonObject)JsonValue.Parse(text)).Select(static one => one.Resource).Distinct()];
        IEnumerable<KeyValuePair<string, string?>> settings = resources.Select(resource => KeyValuePair.Create($"StepFlow:Resources:{resource}:Mock", (string?)Result));
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        await using ServiceProvider services = new ServiceCollection().AddLogging().AddStepFlowIntegrations(configuration.GetSection("StepFlow")).BuildServiceProvider();
        ResourceCatalog catalog = services.GetRequiredService<ResourceCatalog>();
        if (resources.FirstOrDefault(resource => catalog.Describe(TaskResource.Parse(resource), null).Missing is not null) is { } missing)
        {
            return $"{missing} reaches nothing";
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(20));
        var runner = new InMemoryRunner(new()
        {
            Tasks = new Answered(services.GetRequiredService<ITaskRunner>()),
            Clock = new VirtualClock(Runs.Start),
            Objects = new OneObject(),
        });
        try
        {
            InMemoryExecution execution = await runner.RunAsync(machine, Runs.Of("sample", JsonObject.Empty), null, stop.Token);
            return execution.Status is ExecutionStatus.Running ? "still runs"
                : execution.Error?.Cause?.Contains("is not known here", StringComparison.Ordinal) == true ? execution.Error.Cause
                : null;
        }
        catch (OperationCanceledException)
        {
            return "did not end within 20 s";
        }
    }

    /// <summary>Answers tasks that wait for a token at once, as whoever holds the token would.</summary>
    private sealed class Answered(ITaskRunner inner) : ITaskRunner
    {
        public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken) =>
            await inner.RunAsync(call, cancellationToken) is var outcome && outcome is TaskAccepted accepted ? new TaskCompleted(accepted.Output) : outcome;
    }

    /// <summary>Buckets that hold one small file under every name.</summary>
    private sealed class OneObject : IObjectStore
    {
        public Task ReadAsync(ObjectAddress address, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken) =>
            read(new MemoryStream("[]"u8.ToArray(), writable: false), cancellationToken);

        public Task<IReadOnlyList<ObjectSummary>> ListAsync(string bucket, string prefix, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<ObjectSummary>>([new("a", 2, "\"e\"", Runs.Start)]);

        public Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
