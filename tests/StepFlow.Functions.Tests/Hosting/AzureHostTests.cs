using StepFlow.Hosting.Compliance;

namespace StepFlow.Functions.Tests.Hosting;

/// <summary>The compliance suite on the Azure host.</summary>
public sealed class AzureHostTests(AzuriteFixture azurite) : HostCompliance
{
    protected override HostFixture CreateFixture() => new AzureHostFixture(azurite);
}
