namespace StepFlow.Integrations.Functions;

/// <summary>
/// A file that a program may write its answer into, so that what it prints is not part of it. Its folder belongs to one
/// call, is closed to other users, and goes with the call.
/// </summary>
internal sealed class ResultFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stepflow-result-");

    /// <summary>Where the file is; it does not exist until the program writes it.</summary>
    public string Path => System.IO.Path.Combine(_folder.FullName, "result.json");

    /// <summary>The answer; null where the program wrote none.</summary>
    /// <param name="most">Bytes it may have.</param>
    /// <param name="isTooLong">Whether it has more.</param>
    public byte[]? Read(int most, out bool isTooLong)
    {
        var file = new FileInfo(Path);
        isTooLong = file.Exists && file.Length > most;
        return file is { Exists: true, Length: > 0 } && !isTooLong ? File.ReadAllBytes(Path) : null;
    }

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // The program left something behind that still writes. The system's own cleaning takes the folder.
        }
    }
}
