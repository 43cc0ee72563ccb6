using System.Reflection;
using System.Xml.Linq;

namespace StepFlow.Architecture.Tests;

public sealed class ReferenceDirectionTests
{
    /// <summary>What each project may reference, directly or through others.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["StepFlow.Language"] = [],
        ["StepFlow.Execution"] = ["StepFlow.Language"],
        ["StepFlow.Integrations"] = ["StepFlow.Language", "StepFlow.Execution"],
        ["StepFlow.Runtime"] = ["StepFlow.Language", "StepFlow.Execution", "StepFlow.Integrations"],
        ["StepFlow.Service"] = ["StepFlow.Language", "StepFlow.Execution", "StepFlow.Integrations", "StepFlow.Runtime"],
        ["StepFlow.VideoPipeline"] = ["StepFlow.Language", "StepFlow.Execution", "StepFlow.Integrations", "StepFlow.Runtime"],
        ["StepFlow.Console"] = [],
        ["StepFlow.Local"] = ["StepFlow.Console", "StepFlow.Language", "StepFlow.Execution", "StepFlow.Integrations", "StepFlow.Runtime", "StepFlow.Service", "StepFlow.VideoPipeline"],
        ["StepFlow.Functions"] = ["StepFlow.Console", "StepFlow.Language", "StepFlow.Execution", "StepFlow.Integrations", "StepFlow.Runtime", "StepFlow.Service", "StepFlow.VideoPipeline"],
    };

    [Fact]
    public void Projects_Each_ReferenceOnlyEarlierProjects()
    {
        var wrong = new List<string>();
        foreach (string project in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories).Where(file => !Repository.IsGenerated(file)))
        {
            string name = Path.GetFileNameWithoutExtension(project);
            Assert.True(Allowed.TryGetValue(name, out string[]? allowed), $"{name} is not in the table: say what it may reference.");
            wrong.AddRange(XDocument.Load(project).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')))
                .Where(reference => reference.StartsWith("StepFlow.", StringComparison.Ordinal) && !allowed.Contains(reference))
                .Select(reference => $"{name} -> {reference}"));
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("StepFlow.Language")]
    [InlineData("StepFlow.Execution")]
    public void Core_UsesNothingButTheBaseLibrary(string assembly) => Assert.DoesNotContain(
        Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!),
        name => !name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("StepFlow.", StringComparison.Ordinal));

    [Theory]
    [InlineData("StepFlow.Language")]
    [InlineData("StepFlow.Execution")]
    public void Core_HasNoAsynchronousMethod(string assembly) => Assert.Empty(
        Assembly.Load(assembly).GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => typeof(Task).IsAssignableFrom(method.ReturnType))
            .Select(method => $"{method.DeclaringType}.{method.Name}"));
}
