using System.Globalization;
using StepFlow.Runtime.History;
using StepFlow.Service.Pages;

namespace StepFlow.Service.Executions;

/// <summary>Reads histories page by page (GetExecutionHistory).</summary>
internal sealed class HistoryPages(IExecutionHost host, PageTokens tokens)
{
    public async Task<JsonObject> ReadAsync(ExecutionRecord execution, JsonObject request, CancellationToken cancellationToken)
    {
        string arn = execution.Start.ExecutionArn;
        bool reverse = request.Boolean("reverseOrder") ?? false;
        bool withData = request.Boolean("includeExecutionData") ?? true;
        int size = PageSize.Of(request);
        string list = $"GetExecutionHistory {arn} {reverse}";
        string? position = await tokens.ReadAsync(list, request.Text("nextToken"), cancellationToken);
        long? after = position is null ? null : long.Parse(position, CultureInfo.InvariantCulture);

        HistoryPage page = await host.HistoryAsync(arn, after, size, reverse, cancellationToken);
        JsonObject response = JsonObject.Create(("events", JsonArray.From(page.Select(item => (JsonValue)HistoryView.Of(item, withData)))));
        return page.HasMore
            ? response.With("nextToken", await tokens.CreateAsync(list, page[^1].Id.ToString(CultureInfo.InvariantCulture), cancellationToken))
            : response;
    }
}
