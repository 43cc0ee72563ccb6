namespace StepFlow.Architecture.Tests;

public sealed class NamespaceTests
{
    public static TheoryData<string> Assemblies => new(Repository.Assemblies);

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Namespaces_OfOneProject_FormNoCycle(string assembly)
    {
        string cycles = string.Join('\n', new NamespaceGraph(Repository.Load(assembly), assembly).Cycles());

        Assert.True(cycles.Length == 0, cycles);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Types_Each_AreInTheFolderOfTheirNamespace(string assembly)
    {
        string project = Path.Combine(Repository.Root, "src", assembly);
        var wrong = new List<string>();
        foreach (string file in Repository.Sources(project))
        {
            string folder = Path.GetRelativePath(project, Path.GetDirectoryName(file)!);
            string expected = folder == "." ? assembly : $"{assembly}.{folder.Replace(Path.DirectorySeparatorChar, '.')}";
            string? declared = File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal));
            if (declared is not null && declared != $"namespace {expected};")
            {
                wrong.Add($"{Path.GetRelativePath(project, file)}: {declared}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Folders_Each_NameAConcept()
    {
        string[] vague = ["Models", "Helpers", "Utils", "Common", "Services"];

        Assert.DoesNotContain(
            Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"), "*", SearchOption.AllDirectories),
            folder => vague.Contains(Path.GetFileName(folder)) && !Repository.IsGenerated(folder));
    }
}
