using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.Mocks;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Problems;
using StepFlow.Runtime.Telemetry;
using StepFlow.Service;
using StepFlow.Service.Events;
using StepFlow.Service.Tasks;
using StepFlow.Testing;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>An account with the Step Functions service, on a virtual clock, and the services that a case's tasks call.</summary>
internal sealed class AwsWorld : IDisposable
{
    private readonly InMemoryDocumentStore _documents = new();
    private readonly Lazy<ITaskRunner> _own;
    private readonly TemporaryFolder _folder = new();

    public AwsWorld(AslCase aslCase, JsonObject handlers)
    {
        Clock = new(aslCase.Now);
        var responses = new AwsResponses(Clock);
        Functions = new(responses, handlers);
        Queues = new(responses);
        Topics = new(responses);
        Tables = new(responses);
        Buckets = new(Clock);
        Apis = new(responses, Functions);
        Secrets = new(Clock);
        Stacks = new(this);
        var calls = new ServiceCalls(new(() => Service!));
        _own = new(() => OwnTasks.Create(calls, Clock));
        MockConfiguration? mocks = aslCase.Source["mockConfig"] is { } mockConfig ? MockConfiguration.Parse(mockConfig) : null;
        var activities = new InMemoryActivityQueue(Clock);
        var options = new ServiceOptions
        {
            Account = "111111111111",
            Region = "us-east-1",
            Limits = Limits.Aws,
            MockConfigurationFile = mocks is null ? null : _folder.File("mocks.json", aslCase.Source["mockConfig"]!.ToString()),
        };
        Host = new(new()
        {
            Tasks = new StepFunctionsTasks(new AwsTaskRunner(this), calls),
            Mocks = mocks ?? MockConfiguration.None,
            Clock = Clock,
            Observer = new ObserverGroup([new ExecutionLogs(Log), new StatusChangeObserver(new(options, TimeProvider.System), StatusChanges.Add)]),
            TasksUseClock = true,
            Activities = activities,
            Objects = Buckets,
        });
        Service = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(options)
            .AddSingleton<IExecutionHost>(Host)
            .AddSingleton<IExecutionProblems>(new NoProblems())
            .AddSingleton(Host.Runner)
            .AddSingleton<IDocumentStore>(_documents)
            .AddSingleton<IActivityQueue>(activities)
            .AddStepFunctionsService()
            .BuildServiceProvider()
            .GetRequiredService<StepFunctionsService>();
        Provide(aslCase, handlers);
    }

    /// <summary>The records of execution logs.</summary>
    public LogList Log { get; } = new();

    /// <summary>The reported statuses of executions.</summary>
    public List<JsonObject> StatusChanges { get; } = [];

    public VirtualClock Clock { get; }

    /// <summary>The first service that a task called and that has no double; null where all calls had one.</summary>
    public string? MissingDouble { get; set; }

    /// <summary>A fact that the recording does not contain, although the case's responses may depend on it; null for nothing. Counts only where they differ.</summary>
    public string? Unrecorded { get; set; }

    public InMemoryHost Host { get; }

    public StepFunctionsService Service { get; }

    public LambdaDouble Functions { get; }

    public SqsDouble Queues { get; }

    public SnsDouble Topics { get; }

    public LogGroupsDouble LogGroups { get; } = new();

    public DynamoDbDouble Tables { get; }

    public S3Double Buckets { get; }

    public ApiGatewayDouble Apis { get; }

    public SecretsDouble Secrets { get; }

    public CloudFormationDouble Stacks { get; }

    /// <summary>The integrations that are Step Functions' own.</summary>
    public ITaskRunner Own => _own.Value;

    /// <summary>Calls the service as a client does.</summary>
    public Task<ApiResult> CallAsync(string operation, JsonObject request) =>
        Service.InvokeAsync(operation, request, CallerContext.Internal, CancellationToken.None);

    public void Dispose() => _folder.Dispose();

    private void Provide(AslCase aslCase, JsonObject handlers)
    {
        string? url = null;
        string? endpoint = null;
        foreach (JsonObject resource in aslCase.Resources)
        {
            string name = AwsResponses.Text(resource, "name") ?? string.Empty;
            switch (AwsResponses.Text(resource, "kind"))
            {
                case "lambda" when name.Length > 0:
                    if (!Functions.Add(name, AwsResponses.Text(resource, "handler") ?? string.Empty))
                    {
                        Unrecorded ??= $"what the function {name} does is not recorded";
                    }

                    break;
                case "lambda":
                    Trigger(resource, handlers, url, endpoint);
                    break;
                case "sqs-queue":
                    Queues.Add(url = AwsResponses.Text(resource, "url") ?? name);
                    break;
                case "sns-topic":
                    Topics.Add(AwsResponses.Text(resource, "arn")!);
                    break;
                case "dynamodb-table":
                    Tables.Add(name, AwsResponses.Text(resource, "partitionKey")!);
                    break;
                case "s3-bucket":
                    Buckets.Add(name);
                    break;
                case "rest-api":
                    endpoint = name;
                    break;
                case "iam-role":
                    break;
                case var kind:
                    Unrecorded ??= $"no double stands for a resource of the kind {kind}";
                    break;
            }
        }

        foreach (JsonObject step in aslCase.Setup)
        {
            SetupCalls.Perform(this, AwsResponses.Text(step, "op") ?? string.Empty, step["args"] as JsonObject ?? JsonObject.Empty);
        }
    }

    /// <summary>A function that something triggers: each message of the queue, or each request of the API.</summary>
    private void Trigger(JsonObject resource, JsonObject handlers, string? url, string? endpoint)
    {
        if ((handlers[AwsResponses.Text(resource, "handler") ?? string.Empty] as JsonObject)?["emulate"] is not JsonObject emulate)
        {
            return;
        }

        if (AwsResponses.Text(emulate, "kind") == "api-backend" && endpoint is not null)
        {
            Apis.AddBackend(endpoint, emulate);
        }
        else if (AwsResponses.Text(emulate, "kind") == "task-token-consumer" && url is not null)
        {
            Queues.Consume(url, body => ConsumeAsync(emulate, body));
        }
    }

    private async Task ConsumeAsync(JsonObject emulate, string body)
    {
        // The message is delivered after the task that sent it is known to wait.
        await Task.Delay(TimeSpan.FromMilliseconds(100), Clock);
        if (JsonValue.ParseOrNull(body) is not JsonObject message || message["TaskToken"] is not { } token)
        {
            return;
        }

        bool fails = ((JsonObject)emulate["failWhen"]!).All(field => message[field.Key] == field.Value);
        _ = fails
            ? await CallAsync("SendTaskFailure", JsonObject.Create(("taskToken", token), ("error", emulate["error"]!), ("cause", emulate["cause"]!)))
            : await CallAsync("SendTaskSuccess", JsonObject.Create(("taskToken", token), ("output", emulate["output"]!.ToString())));
    }
}
