using System.Text;
using System.Text.Json;

namespace StepFlow.Functions.Storage;

/// <summary>
/// Converts requests for Express executions to messages, and back. Large parts are in the payload store, so a
/// message has at most 24 KiB. A queue accepts 48 KiB, which Base64 makes 64 KiB.
/// </summary>
internal sealed class ExpressMessages(ExecutionStorage storage)
{
    /// <summary>The message of a request.</summary>
    public async Task<byte[]> WriteAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        JsonObject rest = new JsonObjectBuilder()
            .Set("start", Encoding.UTF8.GetString(WorkflowExecution.CaptureStart(request.Start)))
            .Set("configuration", request.Configuration)
            .SetIfPresent("traceHeader", request.TraceHeader)
            .SetIfPresent("parent", request.ParentExecutionArn)
            .SetIfPresent("mockTestCase", request.MockTestCase)
            .Build();
        var message = new ExpressMessage
        {
            Definition = await storage.StoreAsync(Encoding.UTF8.GetBytes(request.Definition), cancellationToken),
            Request = await storage.StoreAsync(rest, cancellationToken),
        };
        return JsonSerializer.SerializeToUtf8Bytes(message, FunctionsJsonContext.Default.ExpressMessage);
    }

    /// <summary>The request of a message.</summary>
    /// <exception cref="InvalidOperationException">The message is of a newer version, or is not a message of this app.</exception>
    public async Task<ExecutionRequest> ReadAsync(string text, CancellationToken cancellationToken)
    {
        ExpressMessage message = Parse(text);
        var rest = (JsonObject)await storage.ReadAsync(message.Request, cancellationToken);
        return new(WorkflowExecution.StartOf(Encoding.UTF8.GetBytes(rest.Text("start")!)), (await storage.ReadTextAsync(message.Definition, cancellationToken))!)
        {
            Configuration = (JsonObject)rest["configuration"]!,
            TraceHeader = rest.Text("traceHeader"),
            ParentExecutionArn = rest.Text("parent"),
            MockTestCase = rest.Text("mockTestCase"),
        };
    }

    private static ExpressMessage Parse(string text)
    {
        try
        {
            if (JsonSerializer.Deserialize(text, FunctionsJsonContext.Default.ExpressMessage) is { Version: ExpressMessage.Current } message)
            {
                return message;
            }
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException("The message does not start an Express execution.", e);
        }

        throw new InvalidOperationException("This app does not support the version of the message.");
    }
}
