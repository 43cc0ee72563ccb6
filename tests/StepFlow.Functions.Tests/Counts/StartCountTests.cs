using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Counts;

/// <summary>The requests of StartExecution to the storage account before the orchestration is scheduled.</summary>
public sealed class StartCountTests(AzuriteFixture azurite)
{
    private const string Definition = """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""";
    private const string Other = """{"StartAt":"Q","States":{"Q":{"Type":"Pass","End":true}}}""";

    private readonly CountedBlobs _blobs = new();

    [Fact]
    public async Task Start_OfAMachineThatWasJustStarted_ClaimsItsNameAndWritesItsIndexEntry()
    {
        await using ServiceFixture fixture = await OpenAsync();
        await fixture.CreateMachineAsync("M", Definition);
        Assert.Equal(["GET documents", "PUT executions", "PUT index"], await StartAsync(fixture, ServiceFixture.MachineArn("M"), "a"));
        Assert.Equal(["PUT executions", "PUT index"], await StartAsync(fixture, ServiceFixture.MachineArn("M"), "b"));
    }

    [Fact]
    public async Task Start_OfAnAliasThatWasJustStarted_ClaimsItsNameAndWritesItsIndexEntry()
    {
        await using ServiceFixture fixture = await OpenAsync();
        await fixture.CreateMachineAsync("M", Definition);
        JsonObject version = await fixture.CallAsync("PublishStateMachineVersion", ("stateMachineArn", ServiceFixture.MachineArn("M")));
        JsonObject alias = await fixture.CallAsync("CreateStateMachineAlias", ("name", "A"), ("routingConfiguration", JsonArray.Create(
            JsonObject.Create(("stateMachineVersionArn", version["stateMachineVersionArn"]!), ("weight", 100)))));
        string arn = ((JsonString)alias["stateMachineAliasArn"]!).Value;
        Assert.Equal(5, (await StartAsync(fixture, arn, "a")).Count);
        Assert.Equal(["PUT executions", "PUT index"], await StartAsync(fixture, arn, "b"));
    }

    [Fact]
    public async Task Start_AfterAnUpdateOrADeletion_SeesIt()
    {
        await using ServiceFixture fixture = await OpenAsync();
        await fixture.CreateMachineAsync("M", Definition);
        await StartAsync(fixture, ServiceFixture.MachineArn("M"), "a");
        await fixture.CallAsync("UpdateStateMachine", ("stateMachineArn", ServiceFixture.MachineArn("M")), ("definition", Other));
        await StartAsync(fixture, ServiceFixture.MachineArn("M"), "b");
        JsonObject started = await fixture.CallAsync("DescribeStateMachineForExecution", ("executionArn", ServiceFixture.ExecutionArn("M", "b")));
        Assert.Equal(Other, ((JsonString)started["definition"]!).Value);
        await fixture.CallAsync("DeleteStateMachine", ("stateMachineArn", ServiceFixture.MachineArn("M")));
        Assert.NotNull(await fixture.RefusedAsync("StartExecution", ("stateMachineArn", ServiceFixture.MachineArn("M")), ("name", "c")));
    }

    private async Task<IReadOnlyList<string>> StartAsync(ServiceFixture fixture, string machine, string name)
    {
        IReadOnlyCollection<string> requests = _blobs.RecordOwn();
        await fixture.CallAsync("StartExecution", ("stateMachineArn", machine), ("name", name));

        // The orchestration, which was scheduled after these requests and runs already, reads and writes as well: not what is looked at here.
        string[] made = [.. requests];
        return [.. made.Take(made.Count(static request => request.StartsWith("GET documents", StringComparison.Ordinal)) + 2).Order(StringComparer.Ordinal)];
    }

    private async Task<ServiceFixture> OpenAsync() => await ServiceFixture.OpenAsync(
        azurite, configure: services => services.Replace(ServiceDescriptor.Singleton(_ => _blobs.Open(azurite.ConnectionString))));
}
