using StepFlow.Hosting.Compliance;
using StepFlow.Language.Loading;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.Mocks;
using StepFlow.Runtime.Ports;
using StepFlow.Testing;

namespace StepFlow.Runtime.Tests.InMemory;

/// <summary>The host in memory does what every host must do, but survive.</summary>
public sealed class InMemoryComplianceTests : HostCompliance
{
    protected override HostFixture CreateFixture() => new Fixture();

    private sealed class Fixture : HostFixture
    {
        private InMemoryHost? _host;

        private InMemoryActivityQueue? _activities;

        public override IActivityQueue Activities => _activities ??= new(Clock);

        public override IExecutionHost Host => _host ?? throw new InvalidOperationException("Not started.");

        public override Task StartAsync()
        {
            _host = new(new()
            {
                Tasks = Tasks,
                Clock = Clock,
                Activities = Activities,
                Mocks = MockFile is { } file ? MockConfiguration.Load(file) : MockConfiguration.None,
            });
            return Task.CompletedTask;
        }

        public override Task RestartAsync()
        {
            Assert.Skip("What lives in memory does not survive a restart.");
            return Task.CompletedTask;
        }
    }
}
