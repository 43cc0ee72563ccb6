namespace StepFlow.Runtime.MapRuns;

/// <summary>Lets so many bytes through and then fails: what comes out of a compressed file may be a thousand times as long.</summary>
internal sealed class BoundedStream(Stream inner, long most, Func<Exception> tooLong) : ForwardStream
{
    private long _read;

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    private int Count(int read)
    {
        _read += read;
        return _read <= most ? read : throw tooLong();
    }
}
