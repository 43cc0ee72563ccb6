using StepFlow.Language.Json;
using StepFlow.Service.Errors;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Tags;

/// <summary>A resource has up to fifty tags (TagResource, "TooManyTags"), however they come together.</summary>
public sealed class TagTests
{
    private readonly TestService _test = new();

    [Theory]
    [InlineData("TagResource", 49, true)]
    [InlineData("TagResource", 50, true)]
    [InlineData("TagResource", 51, false)]
    [InlineData("CreateStateMachine", 50, true)]
    [InlineData("CreateStateMachine", 51, false)]
    [InlineData("CreateActivity", 50, true)]
    [InlineData("CreateActivity", 51, false)]
    public async Task Tags_UpToFifty_AreTaken(string operation, int count, bool taken)
    {
        (string, JsonValue)[] request = operation switch
        {
            "TagResource" => [("resourceArn", await _test.CreateAsync("m"))],
            "CreateStateMachine" => [("name", "m"), ("definition", TestService.PassDefinition), ("roleArn", TestService.Role)],
            _ => [("name", "m")],
        };
        request = [.. request, ("tags", Tags(0, count))];
        if (!taken)
        {
            Assert.Equal(ErrorCodes.TooManyTags, (await _test.RefuseAsync(operation, request)).Code);
            return;
        }

        await _test.CallAsync(operation, request);
        string kind = operation == "CreateActivity" ? "activity" : "stateMachine";
        Assert.Equal(count, (await ListAsync($"arn:aws:states:us-east-1:123456789012:{kind}:m")).Count);
    }

    [Fact]
    public async Task Tags_AddedToOthers_CountTogetherAndOverwriteTheirOwn()
    {
        string machine = await _test.CreateAsync("m");
        await _test.CallAsync("TagResource", ("resourceArn", machine), ("tags", Tags(0, 30)));
        await _test.CallAsync("TagResource", ("resourceArn", machine), ("tags", Tags(10, 40, "new")));
        Assert.Equal(50, (await ListAsync(machine)).Count);

        Assert.Equal(ErrorCodes.TooManyTags, (await _test.RefuseAsync("TagResource", ("resourceArn", machine), ("tags", Tags(50, 1)))).Code);
        await _test.CallAsync("UntagResource", ("resourceArn", machine), ("tagKeys", JsonArray.Create("k0")));
        await _test.CallAsync("TagResource", ("resourceArn", machine), ("tags", Tags(50, 1)));

        JsonArray tags = await ListAsync(machine);
        Assert.Equal(50, tags.Count);
        Assert.Equal(40, tags.Count(tag => ((JsonObject)tag)["value"]!.ToString() == "\"new\""));
        Assert.DoesNotContain(tags, tag => ((JsonObject)tag)["key"]!.ToString() == "\"k0\"");
    }

    private static JsonArray Tags(int first, int count, string value = "v") => JsonArray.From(
        Enumerable.Range(first, count).Select(number => (JsonValue)JsonObject.Create(("key", $"k{number}"), ("value", value))));

    private async Task<JsonArray> ListAsync(string arn) =>
        (JsonArray)(await _test.CallAsync("ListTagsForResource", ("resourceArn", arn)))["tags"]!;
}
