using StepFlow.Testing;

[assembly: AssemblyFixture(typeof(StepFlow.Functions.Tests.AzuriteFixture))]

namespace StepFlow.Functions.Tests;

/// <summary>One storage emulator for all tests of this project; each test takes containers and queues of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private Azurite? _azurite;

    public string ConnectionString => _azurite!.ConnectionString;

    /// <summary>A second account, apart from the first.</summary>
    public string OtherConnectionString => _azurite!.OtherConnectionString;

    /// <summary>A name for a container, or the beginning of several, that no other test uses.</summary>
    public static string UniqueName() => "t" + Guid.NewGuid().ToString("N")[..12] + "-";

    public async ValueTask InitializeAsync() => _azurite = await Azurite.StartAsync();

    public async ValueTask DisposeAsync() => await _azurite!.DisposeAsync();
}
