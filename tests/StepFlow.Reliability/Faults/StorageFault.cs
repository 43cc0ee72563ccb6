using StepFlow.Reliability.Servers;

namespace StepFlow.Reliability.Faults;

/// <summary>The storage account cannot be reached for some seconds.</summary>
internal sealed class StorageFault(StorageUnderTest storage) : IFault
{
    public string Name => FaultCatalog.Storage;

    public async Task StrikeAsync(Random random, CancellationToken cancellationToken)
    {
        storage.Proxy.Cut();
        await Task.Delay(random.Next(200, 4000), cancellationToken);
        storage.Proxy.Mend();
    }
}
