using Microsoft.AspNetCore.Http;

namespace StepFlow.Service.Rest;

/// <summary>Serves the OpenAPI description of the REST API.</summary>
internal sealed class OpenApiEndpoint(StepFunctionsService service)
{
    private readonly Lazy<byte[]> _document = new(() => new OpenApiDocument(service).Build().ToUtf8());

    /// <summary>Serves it.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = _document.Value.Length;
        await context.Response.Body.WriteAsync(_document.Value, context.RequestAborted);
    }
}
