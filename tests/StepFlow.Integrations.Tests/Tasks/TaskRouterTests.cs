using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Tasks;

public sealed class TaskRouterTests
{
    [Theory]
    [InlineData("arn:aws:states:::no:such")]
    [InlineData("arn:aws:states:::lambda:Invoke")]
    [InlineData("not an ARN")]
    [InlineData("arn:aws:states:us-east-1:000000000000:activity:any")]
    public async Task RunAsync_UnknownResource_IsRejectedWithTheSettingToAdd(string resource)
    {
        TaskCall call = TestIntegrations.Call(resource, "{}") with { Resource = TaskResource.Parse(resource) };

        TaskOutcome outcome = await new TaskRouter([]).RunAsync(call, TestContext.Current.CancellationToken);

        TaskRejected rejected = Assert.IsType<TaskRejected>(outcome);
        Assert.Equal("States.Runtime", rejected.Error);
        Assert.Equal(TaskErrors.UnknownResource(resource, []), rejected.Cause);
    }

    [Theory]
    [InlineData("arn:aws:states:::lambda:invoke", true)]
    [InlineData("arn:aws:states:::azure:blob:getBlob", true)]
    [InlineData("arn:aws:states:::azure:table:getItem", true)]
    [InlineData("arn:aws:states:::aws-sdk:dynamodb:query", true)]
    [InlineData("arn:aws:states:::acme:charge.sync", true)]
    [InlineData("arn:aws:states:::dynamodb:query", false)]
    [InlineData("arn:aws:states:::lambda:invok", false)]
    [InlineData("arn:aws:states:::azure:blob:GetBlob", false)]
    public async Task Catalogue_IsOfTheServiceAndOfTheHost(string resource, bool isKnown)
    {
        await using var integrations = new TestIntegrations([("Resources:arn:aws:states:::acme:*:Mock:Paid", "yes")]);

        Assert.Equal(isKnown, integrations.Get<TaskRouter>().Catalogue.Recognises(TaskResource.Parse(resource)));
    }

    [Theory]
    [InlineData("azure:blob:getBlop", "Similar names: azure:blob:getBlob")]
    [InlineData("sqs:sendMesage", "Similar names: sqs:sendMessage.")]
    [InlineData("dynamodb:nothingLikeIt", "Similar names: dynamodb:deleteItem, dynamodb:getItem, dynamodb:putItem.")]
    [InlineData("sqsq:sendMessage", "Similar names: sqs:sendMessage")]
    public async Task Run_UnknownName_NamesTheNearOnes(string resource, string near)
    {
        await using var integrations = new TestIntegrations([]);

        TaskRejected rejected = await integrations.RejectAsync(resource, "{}");

        Assert.Contains(near, rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_WaitForTaskToken_OnlyAcceptsTheRequest()
    {
        var router = new TaskRouter([new Fixed("sqs:sendMessage", new TaskCompleted(JsonValue.True))]);

        TaskOutcome outcome = await router.RunAsync(
            TestIntegrations.Call("sqs:sendMessage.waitForTaskToken", "{}"), TestContext.Current.CancellationToken);

        Assert.Equal(new TaskAccepted(JsonValue.True), outcome);
    }

    [Fact]
    public async Task RunAsync_TwoOfOneName_TakesTheLast()
    {
        var router = new TaskRouter([new Fixed("a:b", new TaskCompleted(1)), new Fixed("a:b", new TaskCompleted(2))]);

        TaskOutcome outcome = await router.RunAsync(TestIntegrations.Call("a:b", "{}"), TestContext.Current.CancellationToken);

        Assert.Equal(new TaskCompleted(2), outcome);
    }

    private sealed class Fixed(string name, TaskOutcome outcome) : ITaskIntegration
    {
        public string Name => name;

        public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken) => Task.FromResult(outcome);
    }
}
