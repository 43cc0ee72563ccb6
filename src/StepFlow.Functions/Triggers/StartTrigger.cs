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
            return await AnswerAsync(request, (HttpStatusCode)started.Error.Status, reason, null, cancellationToken);
        }

        string arn = ((JsonString)started.Response["executionArn"]!).Value;
        if (IsExpress(arn))
        {
            return await AnswerAsync(request, HttpStatusCode.Accepted, started.Response, null, cancellationToken);
        }

        HttpManagementPayload urls = client.CreateHttpManagementPayload(InstanceIds.Of(arn), request);
        return await AnswerAsync(request, HttpStatusCode.Accepted, Urls(urls), urls.StatusQueryGetUri, cancellationToken);
    }

    /// <summary><c>arn:aws:states:REGION:ACCOUNT:express:…</c>.</summary>
    private static bool IsExpress(string executionArn) => executionArn.Split(':')[5] == "express";

    private static async Task<HttpResponseData> AnswerAsync(
        HttpRequestData request, HttpStatusCode status, JsonObject body, string? location, CancellationToken cancellationToken)
    {
        HttpResponseData response = request.CreateResponse(status);
        response.Headers.Add("Content-Type", "application/json");
        if (location is not null)
        {
            // Before the body: with it the headers are gone.
            response.Headers.Add("Location", location);
        }

        await response.WriteStringAsync(body.ToString(), cancellationToken);
        return response;
    }

    /// <summary>The URLs under the names that clients of Durable Functions know; the worker's own answer has them capitalised.</summary>
    private static JsonObject Urls(HttpManagementPayload urls) => JsonObject.Create(
        ("id", urls.Id!),
        ("statusQueryGetUri", urls.StatusQueryGetUri!),
        ("sendEventPostUri", urls.SendEventPostUri!),
        ("terminatePostUri", urls.TerminatePostUri!),
        ("purgeHistoryDeleteUri", urls.PurgeHistoryDeleteUri!),
        ("suspendPostUri", urls.SuspendPostUri!),
        ("resumePostUri", urls.ResumePostUri!));
}
