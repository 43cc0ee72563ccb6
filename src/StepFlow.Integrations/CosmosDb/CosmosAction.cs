using System.Text;
using Microsoft.Azure.Cosmos;
using StepFlow.Integrations.Responses;

namespace StepFlow.Integrations.CosmosDb;

/// <summary>The base of the actions of <c>azure:cosmos</c>. An action reads its arguments and makes its call.</summary>
/// <param name="action">Its name.</param>
/// <param name="hints">Names missing settings.</param>
internal abstract class CosmosAction(string action, CosmosAccounts accounts, SettingHints hints) : ITaskIntegration
{
    public const string Service = "azure:cosmos";

    public string Name => $"{Service}:{action}";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string container = arguments.RequiredText("Container");
        string? database = arguments.Text("Database");
        Func<Container, CancellationToken, Task<TaskOutcome>> run = Prepare(arguments, call);
        return arguments.Problem is { } problem ? new TaskRejected(CosmosErrors.InvalidArgument, problem)
            : accounts.Find(call, database, container) is { } found ? await run(found, cancellationToken)
            : CosmosErrors.NotConfigured(hints);
    }

    /// <summary>Reads the arguments, and reports invalid ones to the reader.</summary>
    /// <returns>The call; made only where nothing is wrong.</returns>
    protected abstract Func<Container, CancellationToken, Task<TaskOutcome>> Prepare(ArgumentReader arguments, TaskCall call);

    /// <summary>The argument <c>IfMatch</c>: the change is made only if the item has this ETag. The response contains the item.</summary>
    protected static ItemRequestOptions Options(ArgumentReader arguments) => new() { IfMatchEtag = arguments.Text("IfMatch"), EnableContentResponseOnWrite = true };

    /// <summary>The response to a call for one item.</summary>
    protected static async Task<TaskOutcome> ItemAsync(Task<ResponseMessage> sent, CancellationToken cancellationToken)
    {
        using ResponseMessage response = await sent;
        JsonValue? body = await ReadAsync(response, cancellationToken);
        return response.IsSuccessStatusCode
            ? new TaskCompleted(new JsonObjectBuilder(3)
                .SetIfPresent("Item", body)
                .SetIfPresent("ETag", response.Headers.ETag)
                .Set("RequestCharge", JsonNumber.Create(response.Headers.RequestCharge))
                .Build())
            : CosmosErrors.Refused(response, body);
    }

    /// <summary>The content; null for none.</summary>
    protected static async Task<JsonValue?> ReadAsync(ResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content is null)
        {
            return null;
        }

        using var collected = new MemoryStream();
        await response.Content.CopyToAsync(collected, cancellationToken);
        return collected.Length == 0 ? null
            : response.IsSuccessStatusCode ? JsonValue.Parse(collected.GetBuffer().AsSpan(0, (int)collected.Length))
            : JsonValue.ParseOrNull(Encoding.UTF8.GetString(collected.GetBuffer().AsSpan(0, (int)collected.Length)));
    }

    /// <summary>A document as Cosmos DB takes it.</summary>
    protected static MemoryStream Content(JsonValue value) => new(value.ToUtf8(), writable: false);
}
