using StepFlow.Hosting.Compliance;

namespace StepFlow.Local.Tests.Engine;

/// <summary>The compliance suite on the local host.</summary>
public sealed class LocalComplianceTests : HostComplianceTests
{
    protected override HostFixture CreateFixture() => new LocalHostFixture();
}
