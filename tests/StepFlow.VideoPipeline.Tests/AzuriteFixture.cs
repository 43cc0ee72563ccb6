using StepFlow.Testing;

[assembly: AssemblyFixture(typeof(StepFlow.VideoPipeline.Tests.AzuriteFixture))]

namespace StepFlow.VideoPipeline.Tests;

/// <summary>One storage emulator for all tests of this project; each test takes containers of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private Azurite? _azurite;

    public string ConnectionString => _azurite!.ConnectionString;

    public async ValueTask InitializeAsync() => _azurite = await Azurite.StartAsync();

    public async ValueTask DisposeAsync() => await _azurite!.DisposeAsync();
}
