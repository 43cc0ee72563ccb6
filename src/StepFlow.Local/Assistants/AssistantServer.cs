using System.Reflection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace StepFlow.Local.Assistants;

/// <summary>A server of the Model Context Protocol on a pair of streams. It provides tools for definitions and for a StepFlow server.</summary>
internal static class AssistantServer
{
    /// <summary>Serves until the input ends.</summary>
    /// <param name="input">The stream of requests.</param>
    /// <param name="output">Where responses are written.</param>
    /// <param name="allowChanges">Whether executions may be started, redriven and stopped.</param>
    public static async Task RunAsync(Stream input, Stream output, DefinitionTools definitions, ServerTools server, bool allowChanges, CancellationToken cancellationToken)
    {
        var options = new McpServerOptions
        {
            ServerInfo = new() { Name = "stepflow", Version = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3) },
            ServerInstructions = "StepFlow runs AWS Step Functions state machines. Use validate to check a definition and run to try it. Use the other tools to read executions.",
            ToolCollection =
            [
                Tool(definitions.Validate, "validate", isReadOnly: true),
                Tool(definitions.RunAsync, "run", isReadOnly: true),
                Tool(server.ListMachinesAsync, "list_state_machines", isReadOnly: true),
                Tool(server.ListExecutionsAsync, "list_executions", isReadOnly: true),
                Tool(server.DescribeAsync, "describe_execution", isReadOnly: true),
                Tool(server.HistoryAsync, "execution_history", isReadOnly: true),
            ],
        };
        if (allowChanges)
        {
            options.ToolCollection.Add(Tool(server.StartAsync, "start_execution", isReadOnly: false));
            options.ToolCollection.Add(Tool(server.RedriveAsync, "redrive_execution", isReadOnly: false));
            options.ToolCollection.Add(Tool(server.StopAsync, "stop_execution", isReadOnly: false));
        }

        await using var transport = new StreamServerTransport(input, output, "stepflow");
        await using McpServer mcp = McpServer.Create(transport, options);
        await mcp.RunAsync(cancellationToken);
    }

    private static ToolOf Tool(Delegate work, string name, bool isReadOnly) => new(McpServerTool.Create(work, new() { Name = name, ReadOnly = isReadOnly, Destructive = !isReadOnly, OpenWorld = !isReadOnly }));

    /// <summary>A tool that returns error messages. The protocol's library would hide the message of an exception that is not its own.</summary>
    private sealed class ToolOf(McpServerTool inner) : DelegatingMcpServerTool(inner)
    {
        public override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
        {
            try
            {
                return await base.InvokeAsync(request, cancellationToken);
            }
            catch (Exception e) when (e is CommandException or FormatException)
            {
                throw new McpException(e is JsonFormatException ? $"Not JSON: {e.Message}" : e.Message, e);
            }
        }
    }
}
