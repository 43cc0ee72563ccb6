namespace StepFlow.Runtime.MapRuns;

/// <summary>Bytes that were read from a stream already, and then the rest of it.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> read, Stream rest) : ForwardStream
{
    private ReadOnlyMemory<byte> _read = read;

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_read.IsEmpty)
        {
            return rest.Read(buffer, offset, count);
        }

        return Take(buffer.AsSpan(offset, count));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _read.IsEmpty ? rest.ReadAsync(buffer, cancellationToken) : ValueTask.FromResult(Take(buffer.Span));

    private int Take(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _read.Length);
        _read.Span[..count].CopyTo(buffer);
        _read = _read[count..];
        return count;
    }
}
