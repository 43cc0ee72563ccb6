using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Hosting;
using StepFlow.Service;
using StepFlow.Service.Errors;

namespace StepFlow.Functions.Triggers;

/// <summary>
/// Starts an execution in the manner of Durable Functions: 202 with the URLs for its status and for stopping it. The URLs are the
/// app's own, without a key. The URLs of Durable Functions would contain the key of the whole task hub, and show the
/// orchestration's input, whose snapshot has the secret of task tokens. An Express execution has none.
/// </summary>
internal sealed class StartTrigger(StepFunctionsService service, HttpEndpoints endpoints, DurableClients clients)
{
    /// <summary><c>POST /start/{machine}</c>, or <c>POST /start/{machine}/{name}</c> with a name. The body is the input.</summary>
    [Function("Start")]
    public async Task<HttpResponseData> StartAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "start/{machine}/{name?}")] HttpRequestData request,
        string machine,
        string? name,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        return await StartAsync(request, machine, name, CallerContext.Internal, string.Empty, cancellationToken);
    }

    /// <summary>The same for signed-in callers with the role of an operator.</summary>
    [Function("StartSignedIn")]
    public async Task<HttpResponseData> StartSignedInAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = HttpEndpoints.SignedInPrefix + "/start/{machine}/{name?}")] HttpRequestData request,
        string machine,
        string? name,
        [DurableClient] DurableTaskClient client,
        FunctionContext function,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        (CallerContext? caller, ApiError? refusal) = await endpoints.CheckSignedInAsync(function.GetHttpContext()!, "StartExecution");
        return refusal is not null
            ? await RefuseAsync(request, refusal, cancellationToken)
            : await StartAsync(request, machine, name, caller!, "/" + HttpEndpoints.SignedInPrefix, cancellationToken);
    }

    private async Task<HttpResponseData> StartAsync(
        HttpRequestData request, string machine, string? name, CallerContext caller, string prefix, CancellationToken cancellationToken)
    {
        string input = await request.ReadAsStringAsync() is { Length: > 0 } body ? body : "{}";
        JsonObject call = new JsonObjectBuilder()
            .Set("stateMachineArn", $"arn:aws:states:{service.Options.Region}:{service.Options.Account}:stateMachine:{machine}")
            .Set("input", input)
            .SetIfPresent("name", name)
            .Build();
        ApiResult started = await service.InvokeAsync("StartExecution", call, caller, cancellationToken);
        if (!started.IsSuccess)
        {
            return await RefuseAsync(request, started.Error, cancellationToken);
        }

        string arn = started.Response.RequiredText("executionArn");
        if (IsExpress(arn))
        {
            return await RespondAsync(request, HttpStatusCode.Accepted, started.Response, null, cancellationToken);
        }

        string status = StatusUrl(request.Url, prefix, arn);
        JsonObject accepted = new JsonObjectBuilder()
            .Set("id", InstanceIds.Of(arn))
            .Set("executionArn", arn)
            .Set("startDate", started.Response["startDate"]!)
            .Set("statusQueryGetUri", status)
            .Set("historyGetUri", status + "/history")
            .Set("terminatePostUri", status + "/stop")
            .Set("redrivePostUri", status + "/redrive")
            .Build();
        return await RespondAsync(request, HttpStatusCode.Accepted, accepted, status, cancellationToken);
    }

    /// <summary><c>arn:aws:states:REGION:ACCOUNT:express:…</c>.</summary>
    private static bool IsExpress(string executionArn) => executionArn.Split(':')[5] == "express";

    private static Task<HttpResponseData> RefuseAsync(HttpRequestData request, ApiError error, CancellationToken cancellationToken) =>
        RespondAsync(request, (HttpStatusCode)error.Status, JsonObject.Create(("error", error.Code), ("message", error.Message)), null, cancellationToken);

    private static async Task<HttpResponseData> RespondAsync(
        HttpRequestData request, HttpStatusCode status, JsonObject body, string? location, CancellationToken cancellationToken)
    {
        HttpResponseData response = request.CreateResponse(status);
        response.Headers.Add("Content-Type", "application/json");
        if (location is not null)
        {
            // Before the body, because afterwards headers cannot be added.
            response.Headers.Add("Location", location);
        }

        await response.WriteStringAsync(body.ToString(), cancellationToken);
        return response;
    }

    /// <summary>The execution in REST, where the caller may read it.</summary>
    private static string StatusUrl(Uri request, string prefix, string executionArn)
    {
        string[] parts = executionArn.Split(':');
        return $"{request.GetLeftPart(UriPartial.Authority)}{prefix}/api/statemachines/{Uri.EscapeDataString(parts[^2])}/executions/{Uri.EscapeDataString(parts[^1])}";
    }
}
