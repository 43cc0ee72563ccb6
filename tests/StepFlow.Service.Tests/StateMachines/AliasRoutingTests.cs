using StepFlow.Language.Json;
using StepFlow.Service.Errors;
using StepFlow.Service.StateMachines;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.StateMachines;

public sealed class AliasRoutingTests
{
    private readonly TestService _test = new();

    [Theory]
    [InlineData(30, 30)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    [InlineData(100, 100)]
    public void Choose_EachNumberOnce_DividesByTheWeights(int weight, int ofFirst)
    {
        var alias = new AliasRecord
        {
            Name = "live",
            Arn = "alias",
            Routing = JsonArray.Create(Route("first", weight), Route("second", 100 - weight)),
            CreationDate = default,
            UpdateDate = default,
        };

        Assert.Equal(ofFirst, Enumerable.Range(0, 100).Count(draw => AliasRouting.Choose(alias, draw) == "first"));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(0)]
    public async Task Create_WeightsThatAreNot100Together_IsRefused(int weight)
    {
        JsonObject created = await _test.CallAsync("CreateStateMachine", ("name", "m"), ("definition", TestService.PassDefinition), ("roleArn", TestService.Role), ("publish", true));
        JsonArray routes = JsonArray.Create(Route(TestService.Text(created, "stateMachineVersionArn"), weight));

        (string code, string message) = await _test.RefuseAsync("CreateStateMachineAlias", ("name", "live"), ("routingConfiguration", routes));

        Assert.Equal((ErrorCodes.Validation, $"Sum of routing configuration weights must equal 100. Received: [{weight}]"), (code, message));
    }

    private static JsonObject Route(string version, int weight) => JsonObject.Create(("stateMachineVersionArn", version), ("weight", weight));
}
