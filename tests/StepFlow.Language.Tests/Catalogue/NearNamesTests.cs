using StepFlow.Language.Catalogue;

namespace StepFlow.Language.Tests.Catalogue;

public sealed class NearNamesTests
{
    [Theory]
    [InlineData("AllowedHost", "AllowedHosts")]
    [InlineData("prot", "Port")]
    [InlineData("TimeoutSecs", "TimeoutSeconds")]
    [InlineData("Colour", null)]
    [InlineData("", null)]
    public void Find_AName_GivesTheNearestOrNone(string name, string? near) =>
        Assert.Equal(near, NearNames.Find(name, ["AllowedHosts", "Port", "TimeoutSeconds", "Data"]));
}
