using StepFlow.Hosting.Compliance;

namespace StepFlow.Functions.Tests.Hosting;

/// <summary>The compliance suite, and its histories, on the Azure host.</summary>
public sealed class AzureComplianceTests(AzuriteFixture azurite) : HostComplianceTests
{
    protected override HostFixture CreateFixture() => new AzureHostFixture(azurite);
}
