using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>A file of this case alone, removed with it.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private string? _path;

    /// <summary>Writes it, and gives its path.</summary>
    public string Write(JsonValue content)
    {
        _path = Path.GetTempFileName();
        File.WriteAllBytes(_path, content.ToUtf8());
        return _path;
    }

    public void Dispose()
    {
        if (_path is not null)
        {
            File.Delete(_path);
        }
    }
}
