using System.Reflection;
using System.Xml.Linq;

namespace StepFlow.Architecture.Tests;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The projects whose assemblies are here.</summary>
    public static readonly string[] Assemblies =
    [
        "StepFlow.Language", "StepFlow.Execution", "StepFlow.Integrations", "StepFlow.Runtime", "StepFlow.Service", "StepFlow.VideoPipeline", "StepFlow.Console", "StepFlow.Local",
        "StepFlow.Functions",
    ];

    /// <summary>The top folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The assembly of a project, under the name that the project sets.</summary>
    public static Assembly Load(string project)
    {
        string file = Path.Combine(Root, "src", project, project + ".csproj");
        return Assembly.Load((string?)XDocument.Load(file).Descendants("AssemblyName").FirstOrDefault() ?? project);
    }

    /// <summary>The sources below a folder.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(file => !IsGenerated(file));

    /// <summary>Whether a path lies in what a build makes or a package manager fetches.</summary>
    public static bool IsGenerated(string path) =>
        Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules" or "dist");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "StepFlow.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("StepFlow.sln is in no folder around the tests.");
    }
}
