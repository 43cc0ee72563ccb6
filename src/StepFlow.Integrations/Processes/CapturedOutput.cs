using System.Buffers;

namespace StepFlow.Integrations.Processes;

/// <summary>What a child process has written so far. Read while it may still grow.</summary>
/// <param name="most">Bytes it may have.</param>
internal sealed class CapturedOutput(int most)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Lock _gate = new();

    /// <summary>Adds what was read; false where that is more than it may have.</summary>
    public bool Append(ReadOnlySpan<byte> read)
    {
        lock (_gate)
        {
            if (_bytes.WrittenCount + read.Length > most)
            {
                return false;
            }

            _bytes.Write(read);
            return true;
        }
    }

    public byte[] ToArray()
    {
        lock (_gate)
        {
            return _bytes.WrittenSpan.ToArray();
        }
    }
}
