using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Configuration;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests;

/// <summary>The integrations as a host has them, with settings and parts of the test's own.</summary>
internal sealed class TestIntegrations : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TestIntegrations(IEnumerable<(string Setting, string Value)> settings, Action<IServiceCollection>? add = null)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(static pair => "StepFlow:" + pair.Setting, static pair => (string?)pair.Value))
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        add?.Invoke(services);
        services.AddStepFlowIntegrations(configuration.GetSection("StepFlow"));
        _services = services.BuildServiceProvider();
    }

    public ITaskRunner Runner => _services.GetRequiredService<ITaskRunner>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static TaskCall Call(string resource, string arguments, string key = "call-1") => new()
    {
        ExecutionArn = "arn:aws:states:us-east-1:000000000000:execution:machine:run",
        ExecutionName = "run",
        StateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:machine",
        StateName = "State",
        Resource = TaskResource.Parse(resource.StartsWith("arn:", StringComparison.Ordinal) ? resource : "arn:aws:states:::" + resource),
        Arguments = JsonValue.Parse(arguments),
        IdempotencyKey = key,
    };

    public Task<TaskOutcome> RunAsync(string resource, string arguments, string key = "call-1") =>
        Runner.RunAsync(Call(resource, arguments, key), TestContext.Current.CancellationToken);

    /// <summary>Runs a call that ends well.</summary>
    public async Task<JsonObject> CompleteAsync(string resource, string arguments, string key = "call-1")
    {
        TaskOutcome outcome = await RunAsync(resource, arguments, key);
        Assert.False(outcome is TaskRejected, outcome.ToString());
        return Assert.IsType<JsonObject>(Assert.IsType<TaskCompleted>(outcome).Output);
    }

    /// <summary>Runs a call that fails.</summary>
    public async Task<TaskRejected> RejectAsync(string resource, string arguments, string key = "call-1") =>
        Assert.IsType<TaskRejected>(await RunAsync(resource, arguments, key));

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
