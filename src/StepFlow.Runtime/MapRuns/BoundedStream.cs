namespace StepFlow.Runtime.MapRuns;

/// <summary>Reads a limited number of bytes and then fails. A compressed file can have a thousand times its size.</summary>
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
