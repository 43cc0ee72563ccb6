using StepFlow.Execution.History;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.Documents;
using StepFlow.Runtime.History;

namespace StepFlow.Functions.Tests.Storage;

public sealed class HistoryBlobsTests(AzuriteFixture azurite)
{
    private const string Arn = "arn:aws:states:us-east-1:123456789012:execution:M:e";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_OfChunksLateTwiceAndInParts_GivesEachEventOnceInOrder()
    {
        HistoryBlobs blobs = await OpenAsync();
        HistoryChunk[] middle = Parts(4, 6, 3);

        // The last part of the middle comes first, as activities beside each other bring them.
        await AppendAsync(blobs, Whole(7, 8), middle[2]);
        await AppendAsync(blobs, middle[0]);
        await AppendAsync(blobs, Whole(1, 3), middle[2]);
        await AppendAsync(blobs, Whole(1, 3), middle[1], Whole(7, 8));

        Assert.Equal(Enumerable.Range(1, 8).Select(id => (long)id), await IdsAsync(blobs));
    }

    [Fact]
    public async Task ReadAsync_WithAGap_GivesWhatComesBeforeIt()
    {
        HistoryBlobs blobs = await OpenAsync();
        await AppendAsync(blobs, Whole(5, 6), Whole(1, 2));
        Assert.Equal([1, 2], await IdsAsync(blobs));

        await AppendAsync(blobs, Whole(3, 4));
        Assert.Equal([1, 2, 3, 4, 5, 6], await IdsAsync(blobs));
    }

    [Fact]
    public async Task ReadAsync_WithAPartMissing_GivesWhatComesBeforeItsRun()
    {
        HistoryBlobs blobs = await OpenAsync();
        HistoryChunk[] parts = Parts(3, 5, 2);
        await AppendAsync(blobs, Whole(1, 2), parts[1], Whole(6, 6));

        Assert.Equal([1, 2], await IdsAsync(blobs));
    }

    /// <summary>A frame with events that are still needed is read again, and no other.</summary>
    [Fact]
    public async Task ReadAsync_FromAPosition_GivesOnlyWhatIsNew()
    {
        HistoryBlobs blobs = await OpenAsync();
        await AppendAsync(blobs, Whole(1, 2), Whole(5, 6));
        HistoryPosition position = await NextAsync(HistoryPosition.Start, 1, 2);
        Assert.InRange(position.Offset, 1, long.MaxValue);
        position = await NextAsync(position);

        await AppendAsync(blobs, Whole(3, 4));
        position = await NextAsync(position, 3, 4, 5, 6);
        position = await NextAsync(position);

        // A part of what was read is stored again.
        await AppendAsync(blobs, Parts(3, 4, 2)[0]);
        position = await NextAsync(position);
        await AppendAsync(blobs, Parts(7, 8, 2)[1]);
        position = await NextAsync(position);
        await AppendAsync(blobs, Parts(7, 8, 2)[0], Whole(9, 9));
        await NextAsync(position, 7, 8, 9);

        async Task<HistoryPosition> NextAsync(HistoryPosition from, params long[] ids)
        {
            (IReadOnlyList<HistoryEvent> events, HistoryPosition next) = await blobs.ReadAsync(Arn, from, Cancelled);
            Assert.Equal(ids, events.Select(static item => item.Id));
            Assert.Equal(from.NextEventId + ids.Length, next.NextEventId);
            return next;
        }
    }

    [Fact]
    public async Task AppendAsync_OfARunLargerThanABlock_KeepsIt()
    {
        HistoryBlobs blobs = await OpenAsync();
        var noise = new byte[6 * 1024 * 1024];
        new Random(1).NextBytes(noise);
        HistoryEvent[] events =
        [
            new() { Id = 1, PreviousEventId = 0, Timestamp = DateTimeOffset.UnixEpoch, Type = HistoryEventType.ExecutionSucceeded, Details = new OutputDetails(Convert.ToBase64String(noise)) },
        ];

        await AppendAsync(blobs, HistoryChunk(events), Whole(2, 3));

        IReadOnlyList<HistoryEvent> read = await blobs.ReadAsync(Arn, Cancelled);
        Assert.Equal([1, 2, 3], read.Select(e => e.Id));
        Assert.Equal(events[0].Details, read[0].Details);

        static HistoryChunk HistoryChunk(HistoryEvent[] events) => new(1, 0, 1, Gzip.Compress(HistoryText.Write(events)));
    }

    [Fact]
    public async Task AppendAsync_ByManyAtATime_LosesNothing()
    {
        HistoryBlobs blobs = await OpenAsync();

        await Task.WhenAll(Enumerable.Range(1, 8).Select(id => blobs.AppendAsync(Arn, [Whole(id, id)], isNew: id % 2 == 0, Cancelled)));

        Assert.Equal(Enumerable.Range(1, 8).Select(id => (long)id), await IdsAsync(blobs));
    }

    [Fact]
    public async Task DeleteAsync_OfAHistory_LeavesNone()
    {
        HistoryBlobs blobs = await OpenAsync();
        await AppendAsync(blobs, Whole(1, 2));

        await blobs.DeleteAsync(Arn, Cancelled);

        Assert.Empty(await blobs.ReadAsync(Arn, Cancelled));
    }

    private static HistoryChunk Whole(long first, long last) => Parts(first, last, 1)[0];

    private static HistoryChunk[] Parts(long first, long last, int parts)
    {
        HistoryEvent[] events = [.. Enumerable.Range((int)first, (int)(last - first + 1)).Select(id => new HistoryEvent
        {
            Id = id,
            PreviousEventId = id - 1,
            Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(id),
            Type = HistoryEventType.TaskStarted,
            Details = new TaskStartedDetails("lambda", "invoke"),
        })];
        byte[] content = Gzip.Compress(HistoryText.Write(events));
        int size = (content.Length + parts - 1) / parts;
        return [.. content.Chunk(size).Select((bytes, part) => new HistoryChunk(first, part, parts, bytes))];
    }

    private static Task AppendAsync(HistoryBlobs blobs, params HistoryChunk[] chunks) => blobs.AppendAsync(Arn, chunks, isNew: false, Cancelled);

    private static async Task<IEnumerable<long>> IdsAsync(HistoryBlobs blobs) => (await blobs.ReadAsync(Arn, Cancelled)).Select(e => e.Id);

    private async Task<HistoryBlobs> OpenAsync() => new(await Containers.CreateAsync(azurite));
}
