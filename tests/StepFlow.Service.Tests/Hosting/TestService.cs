using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Problems;
using StepFlow.Runtime.Scheduling;
using StepFlow.Runtime.Telemetry;
using StepFlow.Service.Activities;
using StepFlow.Service.Tasks;
using StepFlow.Service.Tests.Model;
using StepFlow.Testing;

namespace StepFlow.Service.Tests.Hosting;

/// <summary>The service in memory. Every response is checked against the API model.</summary>
internal sealed class TestService
{
    public const string Role = "arn:aws:iam::123456789012:role/test";
    public const string PassDefinition = """{"StartAt":"Pass","States":{"Pass":{"Type":"Pass","End":true}}}""";
    public const string WaitDefinition = """{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":3600,"End":true}}}""";

    public TestService(
        TimeProvider? time = null,
        Limits? limits = null,
        IExecutionObserver? observer = null,
        ITaskRunner? tasks = null,
        IDocumentStore? documents = null,
        ILoggerFactory? loggers = null,
        IExecutionProblems? problems = null,
        TurnScheduler? scheduler = null)
    {
        TimeProvider clock = time ?? TimeProvider.System;
        Documents = documents ?? new InMemoryDocumentStore();
        Activities = new(clock);
        Calls = new(new(() => Service!));
        var options = new ServiceOptions { Limits = limits ?? Limits.None };
        var runs = new MapRunDirectory(Documents, clock, NullLogger<MapRunDirectory>.Instance);
        Scripted = new();
        Host = new(new()
        {
            Tasks = new StepFunctionsTasks(tasks ?? Scripted, Calls),
            Clock = clock,
            Activities = Activities,
            ActivityDirectory = new ActivityCatalog(Documents, new(options)),
            MapRuns = runs,
            Scheduler = scheduler,
            Observer = observer is null ? runs : new ObserverGroup([runs, observer]),
        });
        Service = new ServiceCollection()
            .AddSingleton(clock)
            .AddSingleton(options)
            .AddSingleton<IExecutionHost>(Host)
            .AddSingleton(Host.Runner)
            .AddSingleton(Documents)
            .AddSingleton<IActivityQueue>(Activities)
            .AddSingleton<IMapRuns>(runs)
            .AddSingleton(problems ?? new NoProblems())
            .AddStepFunctionsService()
            .Replace(ServiceDescriptor.Singleton(loggers ?? NullLoggerFactory.Instance))
            .BuildServiceProvider()
            .GetRequiredService<StepFunctionsService>();
    }

    /// <summary>Calls the service as tasks do.</summary>
    public ServiceCalls Calls { get; }

    public StepFunctionsService Service { get; }

    public InMemoryHost Host { get; }

    public IDocumentStore Documents { get; }

    public InMemoryActivityQueue Activities { get; }

    public ScriptedTasks Scripted { get; }

    /// <summary>A response; fails the test if there is none, or it does not match the model.</summary>
    public async Task<JsonObject> CallAsync(string operation, params (string Name, JsonValue Value)[] members)
    {
        ApiResult result = await Service.InvokeAsync(operation, JsonObject.Create(members), CallerContext.Internal, TestContext.Current.CancellationToken);
        Assert.True(result.IsSuccess, $"{operation}: {result.Error?.Code}: {result.Error?.Message}");
        Assert.Empty(ResponseChecker.Check(operation, result.Response));
        return result.Response;
    }

    /// <summary>An error's code and message; fails the test where there is none.</summary>
    public async Task<(string Code, string Message)> RefuseAsync(string operation, params (string Name, JsonValue Value)[] members)
    {
        ApiResult result = await Service.InvokeAsync(operation, JsonObject.Create(members), CallerContext.Internal, TestContext.Current.CancellationToken);
        Assert.False(result.IsSuccess, $"{operation} returned {result.Response}");
        Assert.Empty(ResponseChecker.CheckError(operation, JsonObject.Create(("__type", result.Error.Code))));
        return (result.Error.Code, result.Error.Message);
    }

    /// <summary>Creates a machine; its ARN.</summary>
    public async Task<string> CreateAsync(string name, string definition = PassDefinition, string type = "STANDARD") =>
        Text(await CallAsync("CreateStateMachine", ("name", name), ("definition", definition), ("roleArn", Role), ("type", type)), "stateMachineArn");

    /// <summary>Starts an execution; its ARN.</summary>
    public async Task<string> StartAsync(string machineArn, string input = "{}") =>
        Text(await CallAsync("StartExecution", ("stateMachineArn", machineArn), ("input", input)), "executionArn");

    public static string Text(JsonObject response, string name) => ((JsonString)response[name]!).Value;
}
