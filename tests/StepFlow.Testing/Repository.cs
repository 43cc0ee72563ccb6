using System.Reflection;

namespace StepFlow.Testing;

/// <summary>Where the sources lie that these tests were built from.</summary>
public static class Repository
{
    /// <summary>The top folder.</summary>
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(static metadata => metadata.Key == "RepositoryRoot").Value!;
}
