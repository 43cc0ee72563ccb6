using System.Buffers;

namespace StepFlow.Integrations.Processes;

/// <summary>The output of a child process. It can be read while it grows.</summary>
/// <param name="most">Bytes it may have.</param>
internal sealed class CapturedOutput(int most)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Lock _gate = new();

    /// <summary>Adds output. False if it exceeds the maximum.</summary>
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
