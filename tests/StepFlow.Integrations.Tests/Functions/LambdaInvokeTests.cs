using Microsoft.Extensions.DependencyInjection;
using StepFlow.Execution.Signals;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Functions;

public sealed class LambdaInvokeTests : IAsyncDisposable
{
    private const string FunctionArn = "arn:aws:lambda:us-east-1:000000000000:function:";
    private readonly TestIntegrations _integrations = new([], static services => services
        .AddSingleton<IFunctionHandler>(new Function("echo", static call => new FunctionSucceeded(call.Payload)))
        .AddSingleton<IFunctionHandler>(new Function("fail", static _ => new FunctionFailed("Custom", "It failed.") { StackTrace = ["line 1"] }))
        .AddSingleton<IFunctionHandler>(new Function("throw", static _ => throw new FormatException("No format."))));

    public ValueTask DisposeAsync() => _integrations.DisposeAsync();

    [Fact]
    public async Task Invoke_Optimised_RespondsInLambdasShape()
    {
        JsonObject response = await _integrations.CompleteAsync("lambda:invoke", """{"FunctionName": "echo", "Payload": {"a": [1]}}""");

        Assert.Equal(["ExecutedVersion", "Payload", "SdkHttpMetadata", "SdkResponseMetadata", "StatusCode"], response.Select(static member => member.Key));
        Assert.Equal("$LATEST", response["ExecutedVersion"]);
        Assert.Equal(JsonValue.Parse("""{"a":[1]}"""), response["Payload"]);
        Assert.Equal(200, response["StatusCode"]);
        var http = (JsonObject)response["SdkHttpMetadata"]!;
        Assert.Equal(200, http["HttpStatusCode"]);
        Assert.Equal("9", ((JsonObject)http["HttpHeaders"]!)["Content-Length"]);
        Assert.Equal(JsonValue.Parse("""["9"]"""), ((JsonObject)http["AllHttpHeaders"]!)["Content-Length"]);
        Assert.Equal(((JsonObject)http["HttpHeaders"]!)["x-amzn-RequestId"], ((JsonObject)response["SdkResponseMetadata"]!)["RequestId"]);
    }

    [Theory]
    [InlineData("echo", "$LATEST")]
    [InlineData("ECHO", "$LATEST")]
    [InlineData("echo:7", "7")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:echo", "$LATEST")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:echo:live", "live")]
    [InlineData("000000000000:function:echo", "$LATEST")]
    public async Task Invoke_AnyFormOfTheName_FindsTheFunction(string name, string version)
    {
        JsonObject response = await _integrations.CompleteAsync("lambda:invoke", $$"""{"FunctionName": "{{name}}"}""");

        Assert.Equal(version, response["ExecutedVersion"]);
    }

    [Fact]
    public async Task Invoke_Event_IsStored_AndEndsAtOnce()
    {
        var kept = new RecordedInvocations();
        await using var integrations = new TestIntegrations(
            [("Secrets:s:Value", "hunter2"), ("Functions:echo:Command", "false")], services => services.AddSingleton<IDeferredInvocations>(kept));
        string placeholder = ((JsonString)(await integrations.CompleteAsync("azure:keyvault:getSecret", """{"Name":"s"}"""))["Value"]!).Value;

        JsonObject response = await integrations.CompleteAsync("lambda:invoke", $$$"""{"FunctionName": "echo", "InvocationType": "Event", "Payload": {"p": "{{{placeholder}}}"}}""");

        Assert.Equal((202, ""), (response["StatusCode"], response["Payload"]));
        TaskCall call = Assert.Single(kept.Calls);
        Assert.Equal(JsonValue.Parse($$$"""{"FunctionName":"echo","Payload":{"p":"{{{placeholder}}}"}}"""), call.Arguments);
    }

    [Fact]
    public async Task Invoke_EventOfAFunctionThatIsNotThere_Fails() => Assert.Equal(
        "Lambda.ResourceNotFoundException", (await _integrations.RejectAsync("lambda:invoke", """{"FunctionName": "none", "InvocationType": "Event"}""")).Error);

    [Fact]
    public async Task Invoke_Sdk_TakesAndGivesThePayloadAsText()
    {
        JsonObject response = await _integrations.CompleteAsync("aws-sdk:lambda:invoke", """{"FunctionName": "echo", "Payload": "{\"a\":1}"}""");

        Assert.Equal("""{"ExecutedVersion":"$LATEST","Payload":"{\"a\":1}","StatusCode":200}""", response.ToString());
    }

    [Fact]
    public async Task Invoke_FailingFunction_FailsWithItsErrorTypeAndLambdasCause()
    {
        TaskRejected rejected = await _integrations.RejectAsync("lambda:invoke", """{"FunctionName": "fail"}""");

        Assert.Equal("Custom", rejected.Error);
        var cause = (JsonObject)JsonValue.Parse(rejected.Cause!);
        Assert.Equal(["errorMessage", "errorType", "requestId", "stackTrace"], cause.Select(static member => member.Key));
        Assert.Equal("It failed.", cause["errorMessage"]);
    }

    [Fact]
    public async Task Invoke_SdkOfAFailingFunction_RespondsWithFunctionError()
    {
        JsonObject response = await _integrations.CompleteAsync("aws-sdk:lambda:invoke", """{"FunctionName": "fail"}""");

        Assert.Equal("Unhandled", response["FunctionError"]);
        Assert.Contains("It failed.", response["Payload"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_ThrowingFunction_FailsWithTheExceptionsType()
    {
        TaskRejected rejected = await _integrations.RejectAsync("lambda:invoke", """{"FunctionName": "throw"}""");

        Assert.Equal(nameof(FormatException), rejected.Error);
        Assert.Contains("No format.", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_UnknownFunction_NamesTheSettingToAdd()
    {
        TaskRejected rejected = await _integrations.RejectAsync("lambda:invoke", """{"FunctionName": "none"}""");

        Assert.Equal("Lambda.ResourceNotFoundException", rejected.Error);
        Assert.StartsWith("Function not found: arn:aws:lambda:us-east-1:000000000000:function:none:$LATEST (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: ", rejected.Cause, StringComparison.Ordinal);
        Assert.EndsWith("; Proxy: null). Add the setting 'StepFlow:Functions:none:Url' or 'StepFlow:Functions:none:Command'.", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_UnknownFunctionWithoutExplanations_FailsExactlyAsInLambda()
    {
        await using var integrations = new TestIntegrations([("ExplainMissing", "false")]);

        TaskRejected rejected = await integrations.RejectAsync("lambda:invoke", """{"FunctionName": "none"}""");

        Assert.EndsWith("; Proxy: null)", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FunctionArn_AsResource_RespondsWithTheBareResult()
    {
        TaskOutcome outcome = await _integrations.RunAsync(FunctionArn + "echo", """[1, 2]""");

        Assert.Equal(new TaskCompleted(JsonValue.Parse("[1,2]")), outcome);
    }

    [Fact]
    public async Task FunctionArn_OfAFailingFunction_Fails()
    {
        TaskRejected rejected = await _integrations.RejectAsync(FunctionArn + "fail", "{}");

        Assert.Equal(("Custom", TaskFailureStage.Run), (rejected.Error, rejected.Stage));
    }

    [Fact]
    public async Task Invoke_WithoutFunctionName_IsRejected()
    {
        TaskRejected rejected = await _integrations.RejectAsync("lambda:invoke", "{}");

        Assert.Equal(TaskErrors.MissingArgument("FunctionName"), rejected.Cause);
    }

    private sealed class Function(string name, Func<FunctionCall, FunctionResult> run) : IFunctionHandler
    {
        public string Name => name;

        public Task<FunctionResult> HandleAsync(FunctionCall call, CancellationToken cancellationToken) => Task.FromResult(run(call));
    }

    private sealed class RecordedInvocations : IDeferredInvocations
    {
        public List<TaskCall> Calls { get; } = [];

        public Task StoreAsync(TaskCall call, CancellationToken cancellationToken)
        {
            Calls.Add(call);
            return Task.CompletedTask;
        }
    }
}
