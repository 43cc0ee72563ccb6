using System.CommandLine;
using StepFlow.Integrations.Tasks;
using StepFlow.Local.Assistants;
using StepFlow.Local.Client;
using StepFlow.Local.Serving;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow mcp</c>: a server of the Model Context Protocol for AI assistants, on standard input and output.</summary>
internal static class McpCommand
{
    private static readonly Option<bool> AllowChanges = new("--allow-changes") { Description = "Also offer tools that start, redrive and stop executions. Without this option nothing can be changed, and no task is called." };

    public static Command Create() => new ExampleCommand(
        "mcp",
        "Serves AI assistants with the Model Context Protocol on standard input and output. They can validate and run definitions, and read executions of a server.",
        "stepflow mcp",
        "stepflow mcp --allow-changes --server http://127.0.0.1:7071")
    {
        AllowChanges, CommonOptions.Server, CommonOptions.Configuration,
    }.RunsOnServer(RunAsync);

    private static async Task RunAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
        await using ServiceProvider services = LocalServices.BuildTasks(await CommonOptions.ReadConfigurationAsync(arguments, cancellationToken));
        await AssistantServer.RunAsync(
            System.Console.OpenStandardInput(),
            System.Console.OpenStandardOutput(),
            new DefinitionTools(services.GetRequiredService<TaskRouter>().Catalogue, services.GetRequiredService<TimeProvider>()),
            new ServerTools(client),
            arguments.GetValue(AllowChanges),
            cancellationToken);
    }
}
