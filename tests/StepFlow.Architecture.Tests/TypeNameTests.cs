using System.Runtime.CompilerServices;

namespace StepFlow.Architecture.Tests;

public sealed class TypeNameTests
{
    /// <summary>An application begins in its own <c>Program</c>: the compiler and the Functions SDK expect that name.</summary>
    private static readonly string[] OncePerApplication = ["Program"];

    [Fact]
    public void Types_OfAllProjects_HaveANameOfTheirOwn()
    {
        string twice = string.Join('\n', Repository.Assemblies
            .SelectMany(project => Repository.Load(project).GetTypes())
            .Where(type => !type.IsNested && type.Namespace?.StartsWith("StepFlow", StringComparison.Ordinal) == true
                && !type.IsDefined(typeof(CompilerGeneratedAttribute), false) && !OncePerApplication.Contains(type.Name))
            .GroupBy(type => type.Name, StringComparer.Ordinal)
            .Where(same => same.Count() > 1)
            .Select(same => string.Join(", ", same.Select(type => type.FullName).Order(StringComparer.Ordinal))));

        Assert.True(twice.Length == 0, twice);
    }
}
