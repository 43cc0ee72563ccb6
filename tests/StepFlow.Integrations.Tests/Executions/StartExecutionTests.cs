using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Executions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Executions;

public sealed class StartExecutionTests : IAsyncDisposable
{
    private const string Machine = "arn:aws:states:us-east-1:000000000000:stateMachine:target";
    private readonly Starter _starter = new();
    private readonly TestIntegrations _integrations;

    public StartExecutionTests() =>
        _integrations = new([], services => services.AddSingleton<IExecutionStarter>(_starter));

    public ValueTask DisposeAsync() => _integrations.DisposeAsync();

    [Theory]
    [InlineData("states:startExecution", """["ExecutionArn","StartDate","SdkHttpMetadata","SdkResponseMetadata"]""", "1000")]
    [InlineData("aws-sdk:sfn:startExecution", """["ExecutionArn","StartDate"]""", "\"1970-01-01T00:00:01.000Z\"")]
    public async Task Start_Optimised_AndSdk_DifferInDateAndMetadata(string resource, string members, string date)
    {
        JsonObject response = await _integrations.CompleteAsync(resource, $$"""{"StateMachineArn": "{{Machine}}", "Name": "n"}""");

        Assert.Equal(members, JsonArray.From(response.Select(static member => (JsonValue)member.Key)).ToString());
        Assert.Equal(date, response["StartDate"]!.ToString());
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData(", \"Input\": null", "{}")]
    [InlineData(", \"Input\": {\"a\": 1}", "{\"a\":1}")]
    [InlineData(", \"Input\": \"{\\\"a\\\": 1}\"", "{\"a\": 1}")]
    public async Task Start_Input_IsPassedOnAsText(string argument, string expected)
    {
        await _integrations.CompleteAsync("states:startExecution", $$"""{"StateMachineArn": "{{Machine}}"{{argument}}}""");

        Assert.Equal(expected, _starter.Requests.Single().Input);
    }

    [Fact]
    public async Task Start_WithoutName_IsNamedAfterTheCall()
    {
        foreach (string key in (string[])["one", "one", "two"])
        {
            await _integrations.CompleteAsync("states:startExecution", $$"""{"StateMachineArn": "{{Machine}}"}""", key);
        }

        Assert.Equal(2, _starter.Requests.Select(static request => request.Name).Distinct().Count());
    }

    [Fact]
    public async Task Start_Sync_IsAcceptedOnly()
    {
        TaskOutcome outcome = await _integrations.RunAsync("states:startExecution.sync:2", $$"""{"StateMachineArn": "{{Machine}}"}""");

        Assert.IsType<TaskAccepted>(outcome);
        Assert.Equal("call-1", _starter.Requests.Single().Parent!.IdempotencyKey);
    }

    [Theory]
    [InlineData("states:startExecution", "StepFunctions.StateMachineDoesNotExistException", "no (Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist; Request ID: ")]
    [InlineData("aws-sdk:sfn:startExecution", "Sfn.StateMachineDoesNotExistException", "no (Service: Sfn, Status Code: 400, Request ID: ")]
    public async Task Start_Refused_FailsWithTheApisError(string resource, string error, string cause)
    {
        _starter.Result = new StartRefused("StateMachineDoesNotExist", "no");

        TaskRejected rejected = await _integrations.RejectAsync(resource, $$"""{"StateMachineArn": "{{Machine}}"}""");

        Assert.Equal(error, rejected.Error);
        Assert.StartsWith(cause, rejected.Cause, StringComparison.Ordinal);
    }

    private sealed class Starter : IExecutionStarter
    {
        public List<StartRequest> Requests { get; } = [];

        public StartResult Result { get; set; } = new Started("arn:execution", DateTimeOffset.FromUnixTimeSeconds(1));

        public Task<StartResult> StartAsync(StartRequest request, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            return Task.FromResult(Result);
        }
    }
}
