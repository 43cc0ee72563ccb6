namespace StepFlow.Infra.Tests;

/// <summary><c>az acr build</c> sends the whole folder to the registry, but for what this file names; Docker reads it too.</summary>
public sealed class DockerIgnoreTests
{
    [Theory]
    [InlineData("**/local.settings.json")]
    [InlineData("**/.stepflow")]
    [InlineData("**/node_modules")]
    [InlineData("**/.azure")]
    [InlineData(".git")]
    public void File_AtTheRoot_KeepsBack(string pattern) =>
        Assert.Contains(pattern, File.ReadAllLines(Path.Combine(BicepFile.Root, ".dockerignore")));

    [Fact]
    public void Dockerfile_HasNoOtherFileOfItsOwn() =>
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(BicepFile.Root, "infra"), "*.dockerignore"));
}
