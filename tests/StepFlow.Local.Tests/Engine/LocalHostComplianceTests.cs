using StepFlow.Hosting.Compliance;

namespace StepFlow.Local.Tests.Engine;

public class LocalHostComplianceTests : HostCompliance
{
    protected override HostFixture CreateFixture() => new LocalHostFixture();
}
