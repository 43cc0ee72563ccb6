namespace StepFlow.Reliability.Faults;

/// <summary>The disk under the data folder has no byte left for some seconds.</summary>
/// <param name="data">The data folder, on a <see cref="SmallDisk"/>.</param>
internal sealed class FullDiskFault(string data) : IFault
{
    public string Name => FaultCatalog.Disk;

    public Task StrikeAsync(Random random, CancellationToken cancellationToken) =>
        StrikeAsync(TimeSpan.FromMilliseconds(random.Next(500, 3000)), cancellationToken);

    /// <summary>Lets the disk be full for a time.</summary>
    public async Task StrikeAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        string ballast = Path.Combine(data, "ballast");
        await FillAsync(ballast, cancellationToken);
        await Task.Delay(time, cancellationToken);
        File.Delete(ballast);
    }

    private static async Task FillAsync(string file, CancellationToken cancellationToken)
    {
        byte[] block = new byte[64 * 1024];
        await using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        for (int size = block.Length; size > 0;)
        {
            try
            {
                await stream.WriteAsync(block.AsMemory(0, size), cancellationToken);
            }
            catch (IOException)
            {
                // No space left for this many bytes: try fewer, down to the last.
                size /= 2;
            }
        }
    }
}
