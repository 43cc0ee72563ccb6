using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Service.Errors;
using StepFlow.Service.Tests.Hosting;
using StepFlow.Testing;

namespace StepFlow.Service.Tests.Protocol;

/// <summary>The service's storage does not respond, or is damaged: callers get the reason, and whether to repeat the call.</summary>
public sealed class OutageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outage_OfTheStorage_IsReportedAndMayBeRepeated()
    {
        var documents = new FailingDocuments { Failures = 1 };
        var test = new TestService(documents: documents);

        ApiResult refused = await test.Service.InvokeAsync("ListStateMachines", JsonObject.Empty, CallerContext.Internal, Cancellation);

        Assert.Equal((ErrorCodes.ServiceUnavailable, "No space left on device.", 503), (refused.Error!.Code, refused.Error.Message, refused.Error.Status));
        Assert.True((await test.Service.InvokeAsync("ListStateMachines", JsonObject.Empty, CallerContext.Internal, Cancellation)).IsSuccess);
    }

    [Fact]
    public async Task Damage_InTheStorage_IsReportedAndIsNoOutage()
    {
        var documents = new FailingDocuments { Failures = 1, Failure = new HostDataException("A document is damaged.", null) };

        ApiResult refused = await new TestService(documents: documents).Service.InvokeAsync("ListStateMachines", JsonObject.Empty, CallerContext.Internal, Cancellation);

        Assert.Equal((ErrorCodes.InternalFailure, "A document is damaged.", 500), (refused.Error!.Code, refused.Error.Message, refused.Error.Status));
    }

    [Fact]
    public async Task Outage_OfManyRequests_IsLoggedOnceAMinute()
    {
        var clock = new StepFlow.Hosting.Compliance.ManualClock();
        var log = new Lines();
        var documents = new FailingDocuments { Failures = int.MaxValue };
        using ILoggerFactory loggers = LoggerFactory.Create(builder => builder.AddProvider(log));
        var test = new TestService(time: clock, documents: documents, loggers: loggers);

        for (int request = 0; request < 10; request++)
        {
            await test.Service.InvokeAsync("ListStateMachines", JsonObject.Empty, CallerContext.Internal, Cancellation);
        }

        clock.Advance(TimeSpan.FromMinutes(1));
        await test.Service.InvokeAsync("ListStateMachines", JsonObject.Empty, CallerContext.Internal, Cancellation);

        Assert.Equal(
            ["1 requests were refused", "10 requests were refused"],
            log.Texts.Select(static line => line[..(line.IndexOf("refused", StringComparison.Ordinal) + "refused".Length)]));
    }

    [Theory]
    [InlineData("arn:aws:states:::states:startExecution")]
    [InlineData("arn:aws:states:::aws-sdk:sfn:listStateMachines")]
    public async Task Outage_UnderATask_IsNotItsFailure(string resource)
    {
        var documents = new FailingDocuments { Failures = 1 };
        var test = new TestService(documents: documents);
        var tasks = new StepFlow.Service.Tasks.StepFunctionsTasks(new StartingTasks(new StepFlow.Service.Tasks.ServiceExecutionStarter(test.Calls)), test.Calls);
        var call = new TaskCall
        {
            ExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:m:e",
            ExecutionName = "e",
            StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:m",
            StateName = "Call",
            Resource = Language.TaskResource.Parse(resource),
            Arguments = JsonObject.Empty,
            IdempotencyKey = "k",
        };

        TaskOutageException outage = await Assert.ThrowsAsync<TaskOutageException>(() => tasks.RunAsync(call, Cancellation));

        Assert.Equal("No space left on device.", outage.Message);
    }

    /// <summary>Starts an execution with each task, as the integration does.</summary>
    private sealed class StartingTasks(Integrations.Executions.IExecutionStarter starter) : ITaskRunner
    {
        public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
        {
            await starter.StartAsync(new("arn:aws:states:us-east-1:123456789012:stateMachine:m", "e", "{}"), cancellationToken);
            return new TaskCompleted(JsonValue.Null);
        }
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _texts = [];

        public IReadOnlyCollection<string> Texts => _texts;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _texts.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
