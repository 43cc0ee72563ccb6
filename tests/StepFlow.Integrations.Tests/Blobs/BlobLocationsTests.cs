using StepFlow.Integrations.Blobs;

namespace StepFlow.Integrations.Tests.Blobs;

public sealed class BlobLocationsTests
{
    [Theory]
    [InlineData("a/b.txt")]
    [InlineData("a//b")]
    [InlineData("größe/.hidden/..a/b..")]
    [InlineData("100%/%zz")]
    [InlineData("a+b&c=d?e#f")]
    public void Find_NameWithinTheContainer_IsGiven(string key) =>
        Assert.Equal(new BlobPath("data", key), Places().Find("data", key).Value);

    [Theory]
    [InlineData("../secret/key.txt")]
    [InlineData("a/../../secret")]
    [InlineData("..")]
    [InlineData("./a")]
    [InlineData("a/.")]
    [InlineData("..\\secret")]
    [InlineData("%2e%2e/secret")]
    [InlineData("%2E./secret")]
    [InlineData("..%2fsecret")]
    [InlineData("..%5Csecret")]
    [InlineData("%252e%252e%252fsecret")]
    [InlineData("a\r\nb")]
    [InlineData("a\0b")]
    [InlineData("")]
    [InlineData("\ud800")]
    public void Find_NameOutsideTheContainerOrEmpty_IsRefused(string key) =>
        Assert.Equal(BlobFailure.InvalidName, Places().Find("data", key).Failure);

    [Theory]
    [InlineData("..")]
    [InlineData("data/../secret")]
    [InlineData("Data")]
    [InlineData("da")]
    [InlineData("a--b")]
    [InlineData("-ab")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a%2fb")]
    public void FindContainer_NoName_IsRefused(string bucket) =>
        Assert.Equal(BlobFailure.InvalidContainerName, Places().FindContainer(bucket).Failure);

    [Theory]
    [InlineData("azure-webjobs-secrets")]
    [InlineData("scm-releases")]
    [InlineData("$logs")]
    [InlineData("stepflow-history")]
    [InlineData("mapped")]
    public void FindContainer_TheHostsOwn_IsRefusedWithAllSettings(string bucket)
    {
        var options = new BlobOptions { Containers = { "*" }, Buckets = { ["mapped"] = "stepflow-history" } };
        var locations = new BlobLocations(options, [new(["stepflow-*"])]);

        Assert.Equal(BlobFailure.NotAllowed, locations.FindContainer(bucket).Failure);
    }

    [Theory]
    [InlineData("data", true)]
    [InlineData("in-2026", true)]
    [InlineData("My.Bucket", true)]
    [InlineData("elsewhere", false)]
    public void FindContainer_ContainersListed_ReachesThoseAndMappedOnes(string bucket, bool reached)
    {
        var options = new BlobOptions { Containers = { "data", "in-*" }, Buckets = { ["My.Bucket"] = "mapped" } };

        Assert.Equal(reached ? BlobFailure.None : BlobFailure.NotAllowed, new BlobLocations(options, []).FindContainer(bucket).Failure);
    }

    private static BlobLocations Places() => new(new(), []);
}
