namespace StepFlow.Conformance.Tests.Definitions;

/// <summary>Where the recorded cases lie: <c>STEPFLOW_CORPUS</c>, else <c>../shared/conformance</c> beside the repository.</summary>
public static class CorpusFolder
{
    /// <summary>The folder; null where there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("STEPFLOW_CORPUS") is { Length: > 0 } given)
        {
            return Directory.Exists(given) ? given : null;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string beside = Path.Combine(folder.FullName, "shared", "conformance");
            if (Directory.Exists(beside))
            {
                return beside;
            }
        }

        return null;
    }
}
