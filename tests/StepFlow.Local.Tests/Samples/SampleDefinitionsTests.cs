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
/// ends, and none because of a Resource that is not known. Input and results are made from what the definition itself reads, so
/// most of them end well; the others continue if their data have a form that the paths do not show. Skipped where the samples are not there.
/// </summary>
public sealed class SampleDefinitionsTests
{
    /// <summary>The other members of every service's response: members that the samples look for without naming them.</summary>
    private static readonly JsonObject Result = (JsonObject)JsonValue.Parse("""{"Payload":{},"StatusCode":200,"Items":[],"Count":0,"Body":"{}","statusCode":200}""");

    [Fact]
    public async Task Samples_WithAMapForTheirResources_End()
    {
        string folder = Path.Combine(RecordedCases.Folder ?? string.Empty, "definitions", "workflows-collection");
        Assert.SkipUnless(RecordedCases.Folder is not null && Directory.Exists(folder), RecordedCases.Missing);
        string[] files = [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)];
        var problems = new List<string>();
        int ended = 0;
        int succeeded = 0;
        foreach (string file in files)
        {
            string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            (string? problem, bool isSuccess) = await RunAsync(text, withData: true);
            if (problem is not null)
            {
                // Data that keep a loop going for ever: without them it ends.
                (problem, isSuccess) = await RunAsync(text, withData: false);
            }

            ended += problem is null ? 1 : 0;
            succeeded += isSuccess ? 1 : 0;
            problems.AddRange(problem is null ? [] : [$"{Path.GetFileName(file)}: {problem}"]);
        }

        TestContext.Current.SendDiagnosticMessage("{0} of {1} samples ended, {2} of them well. {3}", ended, files.Length, succeeded, string.Join("; ", problems));
        Assert.True(ended >= files.Length - 6, $"{ended} of {files.Length} samples ended:\n{string.Join('\n', problems)}");
        Assert.True(succeeded > files.Length / 2, $"{succeeded} of {files.Length} samples ended well.");
    }

    /// <summary>Why it did not end, null where it did; and whether it ended well.</summary>
    private static async Task<(string? Problem, bool IsSuccess)> RunAsync(string text, bool withData)
    {
        if (StateMachineLoader.Load(text).Machine is not { } machine)
        {
            return ("does not compile", false);
        }

        var definition = (JsonObject)JsonValue.Parse(text);
        JsonObject data = withData ? SampleData.Of(definition) : JsonObject.Empty;
        string result = data.Aggregate(Result.With("Payload", data), static (whole, member) => whole.With(member.Key, member.Value)).ToString();
        string[] resources = [.. ResourceList.Of(definition).Select(static one => one.Resource).Distinct()];
        IEnumerable<KeyValuePair<string, string?>> settings = resources.Select(resource => KeyValuePair.Create($"StepFlow:Resources:{resource}:Mock", (string?)result));
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        await using ServiceProvider services = new ServiceCollection().AddLogging().AddStepFlowIntegrations(configuration.GetSection("StepFlow")).BuildServiceProvider();
        ResourceCatalog catalog = services.GetRequiredService<ResourceCatalog>();
        if (resources.FirstOrDefault(resource => catalog.Describe(TaskResource.Parse(resource), null).Missing is not null) is { } missing)
        {
            return ($"{missing} reaches nothing", false);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(withData ? 5 : 20));
        var runner = new InMemoryRunner(new()
        {
            Tasks = new TokenTasksEnded(services.GetRequiredService<ITaskRunner>()),
            Clock = new VirtualClock(Runs.Start),
            Objects = new OneObject(),
        });
        try
        {
            InMemoryExecution execution = await runner.RunAsync(machine, Runs.Of("sample", data), null, stop.Token);
            string? problem = execution.Status is ExecutionStatus.Running ? "still runs"
                : execution.Error?.Cause?.Contains("is not known", StringComparison.Ordinal) == true ? execution.Error.Cause
                : null;
            return (problem, execution.Status == ExecutionStatus.Succeeded);
        }
        catch (OperationCanceledException)
        {
            return ("did not end within 20 s", false);
        }
    }

    /// <summary>Ends tasks that wait for a token immediately, as the holder of the token would.</summary>
    private sealed class TokenTasksEnded(ITaskRunner inner) : ITaskRunner
    {
        public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken) =>
            await inner.RunAsync(call, cancellationToken) is var outcome && outcome is TaskAccepted accepted ? new TaskCompleted(accepted.Output) : outcome;
    }

    /// <summary>Buckets that hold one small file under every name.</summary>
    private sealed class OneObject : IObjectStore
    {
        public Task ReadAsync(ObjectAddress address, ObjectSlice slice, Func<ObjectContent, CancellationToken, Task> read, CancellationToken cancellationToken) =>
            read(Slices.Open("[]"u8.ToArray(), slice), cancellationToken);

        public Task<ObjectPage> ListAsync(string bucket, string prefix, string? page, CancellationToken cancellationToken) =>
            Task.FromResult(new ObjectPage([new("a", 2, "\"e\"", Runs.Start)]));

        public Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
