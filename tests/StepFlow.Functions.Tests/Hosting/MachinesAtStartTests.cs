using Microsoft.Extensions.Hosting;
using StepFlow.Functions.Hosting;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Functions.Tests.Hosting;

/// <summary>The state machines of a folder that is deployed with the app.</summary>
public sealed class MachinesAtStartTests(AzuriteFixture azurite) : IDisposable
{
    private const string Passes = """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""";
    private const string Fails = """{"StartAt":"F","States":{"F":{"Type":"Fail"}}}""";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StartAsync_OfAFolder_CreatesUpdatesAndKeepsWhatIsRefused()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite, settings: new Dictionary<string, string?>
        {
            ["StepFlow:StateMachines:Folder"] = _folder.Path,
            ["StepFlow:StateMachines:Express:0"] = "fast",
        });
        MachinesAtStart start = StartOf(fixture);
        Write("orders", Passes);
        Write("fast", Passes);
        await start.StartAsync(Cancelled);
        Assert.Equal(("STANDARD", Passes), await ReadAsync(fixture, "orders"));
        Assert.Equal(("EXPRESS", Passes), await ReadAsync(fixture, "fast"));

        Write("orders", "{");
        Write("fast", Fails);
        await start.StartAsync(Cancelled);

        Assert.Equal(("STANDARD", Passes), await ReadAsync(fixture, "orders"));
        Assert.Equal(("EXPRESS", Fails), await ReadAsync(fixture, "fast"));
    }

    [Fact]
    public async Task StartAsync_WithoutAFolder_DoesNothing()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);

        await StartOf(fixture).StartAsync(Cancelled);

        Assert.Empty((JsonArray)(await fixture.CallAsync("ListStateMachines"))["stateMachines"]!);
    }

    private static MachinesAtStart StartOf(ServiceFixture fixture) => fixture.Host.App.Get<IEnumerable<IHostedService>>().OfType<MachinesAtStart>().Single();

    private static async Task<(string Type, string Definition)> ReadAsync(ServiceFixture fixture, string name)
    {
        JsonObject machine = await fixture.CallAsync("DescribeStateMachine", ("stateMachineArn", ServiceFixture.MachineArn(name)));
        return (((JsonString)machine["type"]!).Value, ((JsonString)machine["definition"]!).Value);
    }

    private void Write(string name, string definition) => File.WriteAllText(_folder.PathOf(name + ".asl.json"), definition);
}
