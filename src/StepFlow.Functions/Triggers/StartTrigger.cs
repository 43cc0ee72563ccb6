using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using StepFlow.Functions.Hosting;
using StepFlow.Functions.Orchestration;
using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Functions.Triggers;

/// <summary>Starts an execution the Durable Functions way: 202 with the URLs at which its instance can be watched and controlled.</summary>
internal sealed class StartTrigger(StepFunctionsService service, DurableClients clients)
{
    /// <summary><c>POST /start/{machine}</c>, or <c>POST /start/{machine}/{name}</c> with a name of its own; the body is the input.</summary>
    [Function("Start")]
    public async Task<HttpResponseData> StartAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "start/{machine}/{name?}")] HttpRequestData request,
        string machine,
        string? name,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        string input = await request.ReadAsStringAsync() is { Length: > 0 } body ? body : "{}";
        JsonObject call = new JsonObjectBuilder()
            .Set("stateMachineArn", $"arn:aws:states:{service.Options.Region}:{service.Options.Account}:stateMachine:{machine}")
            .Set("input", input)
            .SetIfPresent("name", name is null ? null : new JsonString(name))
            .Build();
        ApiResult started = await service.InvokeAsync("StartExecution", call, CallerContext.Internal, cancellationToken);
        if (started.IsSuccess)
        {
            string arn = ((JsonString)started.Response["executionArn"]!).Value;
            return await client.CreateCheckStatusResponseAsync(request, InstanceIds.Of(arn), cancellationToken);
        }

        HttpResponseData refused = request.CreateResponse((HttpStatusCode)started.Error.Status);
        refused.Headers.Add("Content-Type", "application/json");
        await refused.WriteStringAsync(JsonObject.Create(("error", started.Error.Code), ("message", started.Error.Message)).ToString(), cancellationToken);
        return refused;
    }
}
