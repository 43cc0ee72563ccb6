using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using StepFlow.Console;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Hosting;
using StepFlow.Service.Triggers;

namespace StepFlow.Functions.Triggers;

/// <summary>The service over HTTP.</summary>
internal sealed class HttpTriggers(HttpEndpoints endpoints, TriggerSet triggers, DurableClients clients)
{
    /// <summary>The AWS JSON protocol, for AWS clients with <c>--endpoint-url https://APP/aws</c>. Requests are signed.</summary>
    [Function("Aws")]
    public Task AwsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = HttpEndpoints.AwsRoute)] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return endpoints.ServeAwsAsync(request.HttpContext);
    }

    /// <summary>The GET requests of REST. This function has its own key, which allows no changes.</summary>
    [Function("RestRead")]
    public Task RestReadAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => RestAsync(request, client);

    /// <summary>All other requests of REST. The key of this function is for administrators.</summary>
    [Function("Rest")]
    public Task RestAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", "put", "patch", "delete", Route = "api/{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return endpoints.ServeRestAsync(request.HttpContext);
    }

    /// <summary>Webhooks. Each has its own secret.</summary>
    [Function("Webhook")]
    public Task WebhookAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "triggers/{name}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string name)
    {
        clients.Use(client);
        return triggers.ServeWebhookAsync(request.HttpContext, name);
    }

    /// <summary>All of REST for signed-in callers. Their roles define what they may do.</summary>
    [Function("RestSignedIn")]
    public Task RestSignedInAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", Route = HttpEndpoints.SignedInPrefix + "/api/{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return endpoints.ServeSignedInAsync(request.HttpContext);
    }

    /// <summary>REST's description.</summary>
    [Function("OpenApi")]
    public Task OpenApiAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request) =>
        endpoints.ServeRestAsync(request.HttpContext);

    /// <summary>The web console: files without data. For REST it needs a function key, which the user enters.</summary>
    [Function("Console")]
    public static Task ConsoleAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/{*path}")] HttpRequest request,
        string? path) =>
        ConsoleFiles.ServeAsync(request.HttpContext, path);
}
