namespace StepFlow.Testing;

/// <summary>
/// What AWS returned, recorded: not part of the repository. The folder is <c>STEPFLOW_CORPUS</c>, else
/// <c>../shared/conformance</c> beside the repository.
/// </summary>
public static class RecordedCases
{
    /// <summary>Why a test that replays recordings is skipped, and how to get them.</summary>
    public const string Missing =
        "The recorded cases are not here. Get the folder of recordings (README, 'Recorded cases') and set STEPFLOW_CORPUS to its path.";

    /// <summary>The folder; null where there is none.</summary>
    public static string? Folder
    {
        get
        {
            string folder = Environment.GetEnvironmentVariable("STEPFLOW_CORPUS") is { Length: > 0 } given
                ? given
                : Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "conformance"));
            return Directory.Exists(folder) ? folder : null;
        }
    }
}
