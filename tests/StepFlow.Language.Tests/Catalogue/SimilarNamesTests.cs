using StepFlow.Language.Catalogue;

namespace StepFlow.Language.Tests.Catalogue;

public sealed class SimilarNamesTests
{
    [Theory]
    [InlineData("AllowedHost", "AllowedHosts")]
    [InlineData("prot", "Port")]
    [InlineData("TimeoutSecs", "TimeoutSeconds")]
    [InlineData("Colour", null)]
    [InlineData("", null)]
    public void Find_AName_GivesTheNearestOrNone(string name, string? near) =>
        Assert.Equal(near, SimilarNames.Find(name, ["AllowedHosts", "Port", "TimeoutSeconds", "Data"]));
}
