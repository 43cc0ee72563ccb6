using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Serving;

/// <summary>The server calls a function as often at once as the settings allow.</summary>
public sealed class TaskLimitServerTests : IDisposable
{
    private const string Definition = """
        {"StartAt":"All","States":{"All":{"Type":"Map","ItemsPath":"$","End":true,"ItemProcessor":{"StartAt":"T","States":{
          "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f","Payload.$":"$"},"End":true}}}}}}
        """;

    private readonly TemporaryFolder _folder = new();
    private int _running;
    private int _most;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Function_IsCalledAsOftenAtOnceAsItsLimitAllows()
    {
        await using WebApplication function = await StartFunctionAsync();
        _folder.File("machines/m.asl.json", Definition);
        string configuration = _folder.File("stepflow.json", JsonObject.Create(
            ("StateMachines", JsonObject.Create(("Folder", "machines"))),
            ("Functions", JsonObject.Create(("f", JsonObject.Create(("Url", function.Urls.First()))))),
            ("TaskLimits", JsonObject.Create(("customers", JsonObject.Create(("Resource", "*:lambda:invoke"), ("Key", "$.Payload.customer"), ("MaxConcurrency", 2)))))).ToString());
        using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), configuration, Cancellation);

        JsonArray items = JsonArray.From(Enumerable.Repeat((JsonValue)JsonObject.Create(("customer", "a")), 12));
        await server.PostAsync("api/statemachines/m/executions", JsonObject.Create(("name", "e"), ("input", items)), Cancellation);
        JsonObject execution;
        while (((JsonString)(execution = await server.GetAsync("api/statemachines/m/executions/e", Cancellation))["status"]!).Value == "RUNNING")
        {
            // Real time on purpose: another process works.
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
        }

        Assert.Equal("SUCCEEDED", execution["status"]);
        Assert.Equal(2, _most);
    }

    private async Task<WebApplication> StartFunctionAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication function = builder.Build();
        function.Urls.Add("http://127.0.0.1:0");
        function.Run(async context =>
        {
            int running = Interlocked.Increment(ref _running);
            InterlockedMax(running);

            // Long enough for the others that would come at once.
            await Task.Delay(TimeSpan.FromMilliseconds(50), context.RequestAborted);
            Interlocked.Decrement(ref _running);
            await context.Response.WriteAsync("{}");
        });
        await function.StartAsync(Cancellation);
        return function;
    }

    private void InterlockedMax(int value)
    {
        int seen;
        while ((seen = _most) < value && Interlocked.CompareExchange(ref _most, value, seen) != seen)
        {
        }
    }
}
