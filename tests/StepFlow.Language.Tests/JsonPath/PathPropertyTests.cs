using FsCheck;
using FsCheck.Fluent;
using StepFlow.Language.Json;
using StepFlow.Language.JsonPath;
using StepFlow.Language.Tests.Json;

namespace StepFlow.Language.Tests.JsonPath;

public sealed class PathPropertyTests
{
    private static readonly string[] Pieces =
    [
        ".", "..", "[", "]", "[*]", ".*", "*", "a", "b", "['a']", "['a','b']", "[0]", "[-1]", "[0,1]", "[1:]", "[:2]", "[?(", ")]", "@",
        "@.a", "==", "!=", "<", "in", "=~", "/a.*/i", "&&", "||", "!", "(", ")", "1", "'x'", "null", "true", ".length()", ",", " ", "$", "'", "\\",
    ];

    private static readonly Gen<string> Paths = Gen.Elements(Pieces).ListOf().Select(pieces => "$" + string.Concat(pieces.Take(12)));

    [Fact]
    public void Find_AnyPathAndDocument_NeverThrows()
    {
        var cases = Gen.Zip(Paths, JsonGen.Values).ToArbitrary();
        Prop.ForAll(cases, one =>
        {
            if (PathExpression.TryParse(one.Item1, out PathExpression? path, out string? error))
            {
                JsonValue? found = path.Find(new TestScope(), one.Item2);
                Assert.True(found is null or JsonArray || path.IsDefinite);
                Assert.True(found is not null || path.Explain(new TestScope(), one.Item2).Length > 0);
            }
            else
            {
                Assert.NotEmpty(error);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(20));
    }

    [Fact]
    public void Put_AnyMembersAndDocument_CanBeFoundAgain()
    {
        Gen<string> paths = Gen.Elements("a", "b", "c").NonEmptyListOf().Select(names => "$." + string.Join('.', names.Take(4)));
        var cases = Gen.Zip(paths, JsonGen.Values).ToArbitrary();
        Prop.ForAll(cases, one =>
        {
            Assert.True(ReferencePath.TryParse(one.Item1, out ReferencePath? reference, out _));
            Assert.True(PathExpression.TryParse(one.Item1, out PathExpression? path, out _));
            if (reference.Put(one.Item2, "put") is { } changed)
            {
                Assert.Equal((JsonValue)"put", path.Find(changed));
            }
        }).QuickCheckThrowOnFailure();
    }
}
