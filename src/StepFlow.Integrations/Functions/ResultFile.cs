using StepFlow.Integrations.Processes;

namespace StepFlow.Integrations.Functions;

/// <summary>
/// A file for the result of a program, so that its other output is not part of the result. Its folder is for one
/// call, and is deleted after the call.
/// </summary>
internal sealed class ResultFile : IDisposable
{
    private readonly ProcessFolder _folder = ProcessFolder.Create();

    /// <summary>Where the file is; it does not exist until the program writes it.</summary>
    public string Path => _folder.PathOf("result.json");

    /// <summary>The result; null if the program wrote none.</summary>
    /// <param name="most">Bytes it may have.</param>
    /// <param name="isTooLong">Whether it has more.</param>
    public byte[]? Read(int most, out bool isTooLong)
    {
        var file = new FileInfo(Path);
        isTooLong = file.Exists && file.Length > most;
        return file is { Exists: true, Length: > 0 } && !isTooLong ? File.ReadAllBytes(Path) : null;
    }

    public void Dispose() => _folder.Dispose();
}
