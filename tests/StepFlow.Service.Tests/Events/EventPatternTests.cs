using StepFlow.Language.Json;
using StepFlow.Service.Events;

namespace StepFlow.Service.Tests.Events;

/// <summary>Event patterns, by the examples of the EventBridge user guide ("Comparison operators for use in event patterns").</summary>
public sealed class EventPatternTests
{
    private const string Event = """
        {"source":"shop","detail-type":"Order","detail":{"state":"open","size":7,"none":null,"empty":"","tags":["a","b"],"path":"dir/file.PNG","ip":"10.0.0.7","inner":{"x":true}}}
        """;

    [Theory]
    [InlineData("""{"source":["shop"]}""", true)]
    [InlineData("""{"source":["store","shop"],"detail-type":["Order"]}""", true)]
    [InlineData("""{"source":["shop"],"detail-type":["Other"]}""", false)]
    [InlineData("""{"detail":{"state":["closed"]}}""", false)]
    [InlineData("""{"detail":{"missing":["x"]}}""", false)]
    [InlineData("""{"detail":{"size":[7.0]}}""", true)]
    [InlineData("""{"detail":{"none":[null]}}""", true)]
    [InlineData("""{"detail":{"missing":[null]}}""", false)]
    [InlineData("""{"detail":{"empty":[""]}}""", true)]
    [InlineData("""{"detail":{"inner":{"x":[true]}}}""", true)]
    [InlineData("""{"detail":{"state":{"x":[true]}}}""", false)]
    [InlineData("""{"detail":{"tags":["b"]}}""", true)]
    [InlineData("""{"detail":{"tags":["c"]}}""", false)]
    [InlineData("""{"source":[{"prefix":"sh"}]}""", true)]
    [InlineData("""{"source":[{"prefix":{"equals-ignore-case":"SH"}}]}""", true)]
    [InlineData("""{"detail":{"path":[{"suffix":".png"}]}}""", false)]
    [InlineData("""{"detail":{"path":[{"suffix":{"equals-ignore-case":".png"}}]}}""", true)]
    [InlineData("""{"source":[{"equals-ignore-case":"SHOP"}]}""", true)]
    [InlineData("""{"detail":{"path":[{"wildcard":"dir/*.PNG"}]}}""", true)]
    [InlineData("""{"detail":{"path":[{"wildcard":"dir/????.PNG"}]}}""", false)]
    [InlineData("""{"detail":{"path":[{"wildcard":"dir/\\*.PNG"}]}}""", false)]
    [InlineData("""{"detail":{"state":[{"anything-but":"open"}]}}""", false)]
    [InlineData("""{"detail":{"state":[{"anything-but":["closed","gone"]}]}}""", true)]
    [InlineData("""{"detail":{"size":[{"anything-but":[7,8]}]}}""", false)]
    [InlineData("""{"detail":{"state":[{"anything-but":{"prefix":"op"}}]}}""", false)]
    [InlineData("""{"detail":{"state":[{"anything-but":{"suffix":["x","y"]}}]}}""", true)]
    [InlineData("""{"detail":{"missing":[{"anything-but":"x"}]}}""", false)]
    [InlineData("""{"detail":{"size":[{"numeric":[">",0,"<=",7]}]}}""", true)]
    [InlineData("""{"detail":{"size":[{"numeric":["<",7]}]}}""", false)]
    [InlineData("""{"detail":{"size":[{"numeric":["=",7]}]}}""", true)]
    [InlineData("""{"detail":{"state":[{"numeric":["=",7]}]}}""", false)]
    [InlineData("""{"detail":{"ip":[{"cidr":"10.0.0.0/24"}]}}""", true)]
    [InlineData("""{"detail":{"ip":[{"cidr":"10.0.1.0/24"}]}}""", false)]
    [InlineData("""{"detail":{"state":[{"exists":true}]}}""", true)]
    [InlineData("""{"detail":{"missing":[{"exists":false}]}}""", true)]
    [InlineData("""{"detail":{"inner":[{"exists":true}]}}""", false)]
    [InlineData("""{"detail":{"$or":[{"state":["closed"]},{"size":[7]}]}}""", true)]
    [InlineData("""{"detail":{"$or":[{"state":["closed"]},{"size":[8]}]}}""", false)]
    public void Pattern_MatchesAsEventBridge(string pattern, bool expected) =>
        Assert.Equal(expected, EventPattern.Parse(pattern).Matches((JsonObject)JsonValue.Parse(Event)));

    [Theory]
    [InlineData("", "must be a JSON object")]
    [InlineData("{}", "must be a JSON object")]
    [InlineData("""{"source":"shop"}""", "must be a list of values or an object at source")]
    [InlineData("""{"detail":{"a":[]}}""", "must be a list of values or an object at detail.a")]
    [InlineData("""{"detail":{"a":[{"like":"x"}]}}""", "has a comparison that is not one of prefix, suffix")]
    [InlineData("""{"detail":{"a":[{"numeric":[">"]}]}}""", "has 'numeric' with a value that it cannot have at detail.a")]
    [InlineData("""{"detail":{"a":[{"cidr":"x"}]}}""", "has 'cidr' with a value that it cannot have at detail.a")]
    [InlineData("""{"$or":{}}""", "must be a list of patterns at $or")]
    public void WrongPattern_IsRefusedWithItsLocation(string pattern, string problem) =>
        Assert.Contains(problem, Assert.Throws<FormatException>(() => EventPattern.Parse(pattern)).Message, StringComparison.Ordinal);
}
