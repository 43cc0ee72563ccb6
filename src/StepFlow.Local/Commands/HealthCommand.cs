using System.CommandLine;
using StepFlow.Local.Client;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow health</c>: whether a server responds, for container engines and service managers.</summary>
internal static class HealthCommand
{
    public static Command Create() => new ExampleCommand(
        "health",
        "Checks whether a server responds. This needs no access key.",
        "stepflow health",
        "stepflow health --server https://stepflow.example.com || systemctl restart stepflow")
    {
        CommonOptions.Server,
    }.Runs(RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string server = arguments.GetRequiredValue(CommonOptions.Server);
        using var client = new ServerClient(server, TimeProvider.System);

        // The API's description is open to everybody, and is read from the running service.
        JsonObject description = await client.GetAsync("openapi.json", cancellationToken);
        client.Member<JsonString>(description, "openapi");
        await arguments.InvocationConfiguration.Output.WriteLineAsync($"{server} responds.");
        return ExitCodes.Success;
    }
}
