using StepFlow.Functions.Messages;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Orchestration;

/// <summary>Payloads that an orchestrator reads and writes in several activities.</summary>
public sealed class PayloadPartTests(AzuriteFixture azurite)
{
    private static readonly string Machine = $$"""
        {"QueryLanguage":"JSONata","StartAt":"T","States":{
          "T":{"Type":"Task","Resource":"{{Requests.Function("work")}}","Next":"Turned"},
          "Turned":{"Type":"Pass","Output":"{% {'first':$states.input.second,'second':$states.input.first} %}","End":true} } }
        """;

    [Fact]
    public async Task State_ThatReadsAPayloadOfSeveralParts_GetsAllOfIt()
    {
        var random = new Random(1);
        (string first, string second) = (Text(random), Text(random));
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Tasks.On("work", _ => new TaskCompleted(JsonObject.Create(("first", first), ("second", second))));
        await fixture.CreateMachineAsync("M", Machine);

        JsonObject ended = await fixture.EndAsync(await fixture.StartAsync("M"));

        JsonValue output = JsonValue.Parse(((JsonString)ended["output"]!).Value);
        Assert.Equal(JsonObject.Create(("first", second), ("second", first)), output);
    }

    /// <summary>A text that stays longer than a part when it is compressed.</summary>
    private static string Text(Random random)
    {
        byte[] bytes = new byte[PayloadCodec.PartBytes];
        random.NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }
}
