using StepFlow.Hosting.Compliance;

namespace StepFlow.Functions.Tests.TaskHub;

/// <summary>The compliance suite on the durable back end itself.</summary>
public sealed class HubHostTests(AzuriteFixture azurite) : HostCompliance
{
    protected override HostFixture CreateFixture() => new HubHostFixture(azurite);
}
