using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using StepFlow.Testing;

namespace StepFlow.Reliability.Servers;

/// <summary>A storage emulator, reached by the server through a proxy that can be cut, and by the run directly.</summary>
internal sealed partial class StorageUnderTest : IAsyncDisposable
{
    private readonly Azurite _azurite;

    private StorageUnderTest(Azurite azurite)
    {
        _azurite = azurite;
        Blobs = new(azurite.ConnectionString);
        Match endpoint = BlobEndpoint().Match(azurite.ConnectionString);
        Proxy = new(int.Parse(endpoint.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));
        ConnectionString = azurite.ConnectionString.Replace(endpoint.Value, endpoint.Groups[1].Value + Proxy.Port, StringComparison.Ordinal);
    }

    /// <summary>How the server reaches it.</summary>
    public string ConnectionString { get; }

    /// <summary>What stands between.</summary>
    public StorageProxy Proxy { get; }

    /// <summary>How the run reaches it.</summary>
    public BlobServiceClient Blobs { get; }

    /// <summary>Starts one.</summary>
    public static async Task<StorageUnderTest> StartAsync() => new(await Azurite.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    [GeneratedRegex("(BlobEndpoint=http://127\\.0\\.0\\.1:)([0-9]+)")]
    private static partial Regex BlobEndpoint();
}
