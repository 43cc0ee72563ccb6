using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using StepFlow.Functions.Hosting;
using StepFlow.Functions.Orchestration;
using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Functions.Triggers;

/// <summary>
/// Starts an execution the Durable Functions way: 202 with the URLs at which its instance can be watched and controlled.
/// An Express execution has no instance: 202 with its ARN and when it was started.
/// </summary>
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
        if (!started.IsSuccess)
        {
            JsonObject reason = JsonObject.Create(("error", started.Error.Code), ("message", started.Error.Message));
            return await AnswerAsync(request, (HttpStatusCode)started.Error.Status, reason, cancellationToken);
        }

        string arn = ((JsonString)started.Response["executionArn"]!).Value;
        return IsExpress(arn)
            ? await AnswerAsync(request, HttpStatusCode.Accepted, started.Response, cancellationToken)
            : await client.CreateCheckStatusResponseAsync(request, InstanceIds.Of(arn), cancellationToken);
    }

    /// <summary><c>arn:aws:states:REGION:ACCOUNT:express:…</c>.</summary>
    private static bool IsExpress(string executionArn) => executionArn.Split(':')[5] == "express";

    private static async Task<HttpResponseData> AnswerAsync(
        HttpRequestData request, HttpStatusCode status, JsonObject body, CancellationToken cancellationToken)
    {
        HttpResponseData response = request.CreateResponse(status);
        response.Headers.Add("Content-Type", "application/json");
        await response.WriteStringAsync(body.ToString(), cancellationToken);
        return response;
    }
}
