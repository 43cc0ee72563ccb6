using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StepFlow.Execution.History;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Service;

namespace StepFlow.Functions.Tests.Hosting;

/// <summary>The whole app behind the service's API: tasks are scripted, but for those that start executions.</summary>
internal sealed class ServiceFixture : IAsyncDisposable
{
    public const string Account = "us-east-1:123456789012";
    private const int LookLimit = 6_000;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(10);

    private ServiceFixture(AzureHostFixture host) => Host = host;

    public AzureHostFixture Host { get; }

    public ScriptedTasks Tasks => Host.Tasks;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<ServiceFixture> OpenAsync(
        AzuriteFixture azurite,
        bool allowsFailures = false,
        Action<IServiceCollection>? configure = null,
        IReadOnlyDictionary<string, string?>? settings = null)
    {
        AzureHostFixture host = null!;
        host = new(azurite)
        {
            AllowsFailures = allowsFailures,
            Settings = settings ?? new Dictionary<string, string?>(),
            Configure = services =>
            {
                services.Replace(ServiceDescriptor.Singleton<ITaskRunner>(
                    provider => new Routed(host.Tasks, provider.GetRequiredService<TaskRouter>())));
                configure?.Invoke(services);
            },
        };
        await host.StartAsync();
        return new(host);
    }

    public static string MachineArn(string name) => $"arn:aws:states:{Account}:stateMachine:{name}";

    public static string ExecutionArn(string machine, string name) => $"arn:aws:states:{Account}:execution:{machine}:{name}";

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public async Task<JsonObject> CallAsync(string operation, params (string Name, JsonValue Value)[] request)
    {
        ApiResult result = await Host.App.Get<StepFunctionsService>().InvokeAsync(operation, JsonObject.Create(request), CallerContext.Internal, Cancelled);
        Assert.True(result.IsSuccess, result.IsSuccess ? null : $"{operation}: {result.Error.Code}: {result.Error.Message}");
        return result.Response;
    }

    public async Task<string?> RefusedAsync(string operation, params (string Name, JsonValue Value)[] request)
    {
        ApiResult result = await Host.App.Get<StepFunctionsService>().InvokeAsync(operation, JsonObject.Create(request), CallerContext.Internal, Cancelled);
        return result.IsSuccess ? null : result.Error.Code;
    }

    /// <summary>Why a request is refused, where the operation gives a reason; null where it is not.</summary>
    public async Task<string?> RefusedReasonAsync(string operation, params (string Name, JsonValue Value)[] request)
    {
        ApiResult result = await Host.App.Get<StepFunctionsService>().InvokeAsync(operation, JsonObject.Create(request), CallerContext.Internal, Cancelled);
        return result.IsSuccess ? null : result.Error.Reason;
    }

    public Task CreateMachineAsync(string name, string definition, string type = "STANDARD") => CallAsync(
        "CreateStateMachine", ("name", name), ("definition", definition), ("type", type), ("roleArn", "arn:aws:iam::123456789012:role/test"));

    /// <summary>Starts an execution of the name <c>e</c>.</summary>
    public async Task<string> StartAsync(string machine, JsonValue? input = null)
    {
        await CallAsync("StartExecution", ("stateMachineArn", MachineArn(machine)), ("name", "e"), ("input", (input ?? JsonObject.Empty).ToString()));
        return ExecutionArn(machine, "e");
    }

    public async Task<string> StatusAsync(string executionArn) =>
        ((JsonString)(await CallAsync("DescribeExecution", ("executionArn", executionArn)))["status"]!).Value;

    /// <summary>Waits for an execution's end; the clock jumps from timer to timer meanwhile.</summary>
    public async Task<JsonObject> EndAsync(string executionArn)
    {
        await UntilAsync(async () => await StatusAsync(executionArn) != "RUNNING", movesClock: true);
        return await CallAsync("DescribeExecution", ("executionArn", executionArn));
    }

    public async Task<IReadOnlyList<HistoryEvent>> HistoryAsync(string executionArn)
    {
        var host = Host.App.Get<Functions.Executions.AzureExecutionHost>();
        var events = new List<HistoryEvent>();
        HistoryPage page;
        do
        {
            page = await host.HistoryAsync(executionArn, events.Count == 0 ? null : events[^1].Id, int.MaxValue, false, Cancelled);
            events.AddRange(page);
        }
        while (page.HasMore);

        return events;
    }

    public async Task<IEnumerable<HistoryEventType>> TypesAsync(string executionArn) => (await HistoryAsync(executionArn)).Select(e => e.Type);

    /// <summary>
    /// Checks a condition again and again. If <paramref name="movesClock"/>, the clock moves to the next timer in between, but not
    /// while results are stored or read: on a busy machine, timeouts would come first.
    /// </summary>
    public async Task UntilAsync(Func<Task<bool>> condition, bool movesClock = false)
    {
        for (int look = 0; !await condition(); look++)
        {
            Assert.True(look < LookLimit, "It does not come.");
            await Task.Delay(LookInterval, Cancelled);
            if (movesClock && !Host.Durable.UsesStorage)
            {
                Host.Clock.AdvanceToNext();
            }
        }
    }

    public Task UntilAsync(Func<bool> condition, bool movesClock = false) => UntilAsync(() => Task.FromResult(condition()), movesClock);

    private sealed class Routed(ScriptedTasks scripted, TaskRouter router) : ITaskRunner
    {
        public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken) =>
            call.Resource.Service == "states" ? router.RunAsync(call, cancellationToken) : scripted.RunAsync(call, cancellationToken);
    }
}
