using System.Buffers.Binary;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace StepFlow.Local.Journal;

/// <summary>
/// A note beside the data file. After each commit it contains the end of the write-ahead log, so that a log that is lost or damaged
/// afterwards is detected at the next start. The note is not flushed to the disk: after a power failure it may be older than
/// the log, but it is never newer than the last commit. So it never reports a loss that did not happen.
/// </summary>
/// <remarks>SQLite's index of the log (file format, "WAL-index") has its end: the number of frames at byte 16, the log's salt at byte 32.</remarks>
internal sealed class CommitMark : IDisposable
{
    private const uint Magic = 0x53464C4D;
    private const int Size = 36;
    private const int IndexHeader = 48;
    private const int FramesAt = 16;
    private const int SaltAt = 32;

    private readonly byte[] _note = new byte[Size];
    private readonly byte[] _index = new byte[IndexHeader];
    private readonly SafeFileHandle _mark;

    // Closed after SQLite has closed the file. Closing it earlier would release SQLite's own locks on it.
    private readonly SafeFileHandle _walIndex;

    private CommitMark(SafeFileHandle mark, SafeFileHandle walIndex)
    {
        _mark = mark;
        _walIndex = walIndex;
    }

    /// <summary>Starts to write notes, after SQLite has read the log. Returns what was lost since the last note.</summary>
    /// <param name="files">The data folder.</param>
    /// <param name="lastTurn">The number of the newest turn in the data file.</param>
    /// <param name="loss">The loss; null if none is known.</param>
    public static CommitMark Open(FolderLock files, long lastTurn, out string? loss)
    {
        var mark = new CommitMark(
            PrivateFiles.Open(files.MarkFile, FileMode.OpenOrCreate, FileShare.Read).SafeFileHandle,
            File.OpenHandle(files.DataFile + "-shm", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        loss = mark.FindLoss(lastTurn);
        return mark;
    }

    /// <summary>A commit is durable.</summary>
    /// <param name="lastTurn">The number of the newest turn.</param>
    /// <param name="now">The time, in unix milliseconds.</param>
    public void Committed(long lastTurn, long now)
    {
        RandomAccess.Read(_walIndex, _index, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(_note, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(_note.AsSpan(4), lastTurn);
        _index.AsSpan(SaltAt, 8).CopyTo(_note.AsSpan(12));
        _index.AsSpan(FramesAt, 4).CopyTo(_note.AsSpan(20));
        BinaryPrimitives.WriteInt64LittleEndian(_note.AsSpan(24), now);
        BinaryPrimitives.WriteUInt32LittleEndian(_note.AsSpan(32), Crc32.HashToUInt32(_note.AsSpan(0, 32)));
        RandomAccess.Write(_mark, _note, 0);
    }

    public void Dispose()
    {
        _mark.Dispose();
        _walIndex.Dispose();
    }

    private string? FindLoss(long lastTurn)
    {
        var note = new byte[Size];
        if (RandomAccess.Read(_mark, note, 0) != Size
            || BinaryPrimitives.ReadUInt32LittleEndian(note) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(note.AsSpan(32)) != Crc32.HashToUInt32(note.AsSpan(0, 32)))
        {
            return null;
        }

        long notedTurn = BinaryPrimitives.ReadInt64LittleEndian(note.AsSpan(4));
        RandomAccess.Read(_walIndex, _index, 0);
        bool sameLog = _index.AsSpan(SaltAt, 8).SequenceEqual(note.AsSpan(12, 8));
        uint missing = BitConverter.ToUInt32(note, 20) - BitConverter.ToUInt32(_index, FramesAt);
        string last = $"the last commit was made at {DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(note.AsSpan(24))):O}";
        if (sameLog && missing is > 0 and < int.MaxValue)
        {
            return $"the write-ahead log was damaged or cut off: its last {missing} pages cannot be read; {last}";
        }

        return notedTurn > lastTurn
            ? $"the write-ahead log was lost, or the data file was replaced by an older one: {notedTurn - lastTurn} turns are missing; {last}"
            : null;
    }
}
