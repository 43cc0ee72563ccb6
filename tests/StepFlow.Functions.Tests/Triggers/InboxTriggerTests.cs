using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moq;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Functions.Triggers;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Tests.Triggers;

public sealed class InboxTriggerTests(AzuriteFixture azurite)
{
    private const string Machine = """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""";
    private readonly Mock<ServiceBusMessageActions> _actions = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_OfAStart_StartsTheExecutionAndCompletesTheMessage()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await fixture.CreateMachineAsync("M", Machine);
        ServiceBusReceivedMessage message = Message("StartExecution", $$"""{"stateMachineArn":"{{ServiceFixture.MachineArn("M")}}","name":"e"}""");

        await RunAsync(fixture, message);

        _actions.Verify(actions => actions.CompleteMessageAsync(message, It.IsAny<CancellationToken>()), Times.Once);
        _actions.VerifyNoOtherCalls();
        await fixture.EndAsync(ServiceFixture.ExecutionArn("M", "e"));
    }

    [Theory]
    [InlineData("DeleteStateMachine", "{}", "UnknownOperation")]
    [InlineData(null, "{}", "UnknownOperation")]
    [InlineData("StartExecution", "[1]", "SerializationException")]
    [InlineData("StartExecution", "no JSON", "SerializationException")]
    [InlineData("StartExecution", """{"stateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:None"}""", "StateMachineDoesNotExist")]
    public async Task RunAsync_OfWhatIsRefused_PutsItToTheDeadLettersWithTheReason(string? subject, string body, string reason)
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        ServiceBusReceivedMessage message = Message(subject, body);

        await RunAsync(fixture, message);

        _actions.Verify(
            actions => actions.DeadLetterMessageAsync(message, null, reason, It.Is<string>(text => text.Length > 0), It.IsAny<CancellationToken>()),
            Times.Once);
        _actions.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task RunAsync_DuringAnOutage_LeavesTheMessageInTheQueue()
    {
        var documents = new Mock<IDocumentStore>();
        documents
            .Setup(store => store.FindAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new Azure.RequestFailedException(503, "Busy."));
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(
            azurite, configure: services => services.Replace(ServiceDescriptor.Singleton(documents.Object)));

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(
            fixture, Message("StartExecution", $$"""{"stateMachineArn":"{{ServiceFixture.MachineArn("M")}}"}""")));

        _actions.VerifyNoOtherCalls();
    }

    private static ServiceBusReceivedMessage Message(string? subject, string body) =>
        ServiceBusModelFactory.ServiceBusReceivedMessage(body: BinaryData.FromString(body), subject: subject);

    private Task RunAsync(ServiceFixture fixture, ServiceBusReceivedMessage message) =>
        ((InboxTrigger)fixture.Host.App.Create(typeof(InboxTrigger))).RunAsync(message, _actions.Object, fixture.Host.Client, Cancelled);
}
