using System.Text;
using Azure;
using StepFlow.Functions.Storage;

namespace StepFlow.Functions.Tests.Storage;

public sealed class PayloadStoreTests(AzuriteFixture azurite)
{
    private const string Hash = "0123456789abcdef";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WritePartAsync_InAnyOrderAndTwice_IsReadableAfterTheLastPart()
    {
        var store = new PayloadStore(await Containers.CreateAsync(azurite));
        await store.WritePartAsync(Hash, 1, 3, "45"u8.ToArray(), Cancelled);
        await store.WritePartAsync(Hash, 0, 3, "123"u8.ToArray(), Cancelled);
        await store.WritePartAsync(Hash, 0, 3, "123"u8.ToArray(), Cancelled);
        await Assert.ThrowsAsync<RequestFailedException>(() => store.ReadAsync(Hash, Cancelled));

        await store.WritePartAsync(Hash, 2, 3, "6789"u8.ToArray(), Cancelled);
        Assert.Equal("123456789", Encoding.UTF8.GetString(await store.ReadAsync(Hash, Cancelled)));

        await store.WritePartAsync(Hash, 2, 3, "6789"u8.ToArray(), Cancelled);
        Assert.Equal("123456789", Encoding.UTF8.GetString(await store.ReadAsync(Hash, Cancelled)));
    }

    [Fact]
    public async Task ReadAsync_OfARange_GivesThoseBytes()
    {
        var store = new PayloadStore(await Containers.CreateAsync(azurite));
        await store.WriteAsync(Hash, "123456789"u8.ToArray(), Cancelled);

        Assert.Equal("345", Encoding.UTF8.GetString(await store.ReadAsync(Hash, 2, 3, Cancelled)));
        Assert.Equal("89", Encoding.UTF8.GetString(await store.ReadAsync(Hash, 7, 5, Cancelled)));
    }

    [Fact]
    public async Task WriteAsync_Again_KeepsTheContent()
    {
        var store = new PayloadStore(await Containers.CreateAsync(azurite));
        await store.WriteAsync(Hash, "123"u8.ToArray(), Cancelled);
        await store.WriteAsync(Hash, "123"u8.ToArray(), Cancelled);

        Assert.Equal("123", Encoding.UTF8.GetString(await store.ReadAsync(Hash, Cancelled)));
    }
}
