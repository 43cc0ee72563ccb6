using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Serving;

/// <summary>A server with low limits under more load than it may take on.</summary>
public sealed class RequestLoadServerTests : IDisposable
{
    private const int Allowed = 8;
    private const int Callers = 60;

    private const string Definition = """
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"End":true}}}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Starts_MoreThanTheLimit_AreRefusedAndAllEndWhenTheyAreRepeated()
    {
        await using WebApplication function = await StartFunctionAsync();
        _folder.File("machines/m.asl.json", Definition);
        string configuration = _folder.File("stepflow.json", JsonObject.Create(
            ("StateMachines", JsonObject.Create(("Folder", "machines"))),
            ("Server", JsonObject.Create(("MaxExecutionsInMemory", Allowed))),
            ("Functions", JsonObject.Create(("f", JsonObject.Create(("Url", function.Urls.First())))))).ToString());
        using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), configuration, Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        int refused = 0;
        Task[] starts = [.. Enumerable.Range(0, Callers).Select(caller => StartAsync(client, caller, () =>
        {
            // As many as it may hold are in memory then, and their tasks wait.
            if (Interlocked.Increment(ref refused) == Callers)
            {
                _release.SetResult();
            }
        }))];
        await Task.WhenAll(starts);

        Assert.True(refused >= Callers);
        for (int caller = 0; caller < Callers; caller++)
        {
            while (((JsonString)(await server.GetAsync($"api/statemachines/m/executions/e{caller}", Cancellation))["status"]!).Value is var status && status != "SUCCEEDED")
            {
                Assert.Equal("RUNNING", status);

                // Real time on purpose: another process works.
                await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
            }
        }
    }

    /// <summary>Starts an execution as an AWS client does: what is refused with 429 is repeated after a while.</summary>
    private static async Task StartAsync(HttpClient client, int caller, Action refused)
    {
        while (true)
        {
            using HttpResponseMessage response = await client.PostAsJsonAsync("api/statemachines/m/executions", new { name = $"e{caller}" }, Cancellation);
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
            refused();
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
        }
    }

    private async Task<WebApplication> StartFunctionAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication function = builder.Build();
        function.Urls.Add("http://127.0.0.1:0");
        function.Run(async context =>
        {
            await _release.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("{}");
        });
        await function.StartAsync(Cancellation);
        return function;
    }
}
