using System.CommandLine;
using StepFlow.Language;
using StepFlow.Language.Evaluation;
using StepFlow.Local.Client;
using StepFlow.Local.Definitions;
using StepFlow.Local.Sources;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow update MACHINE</c>: changes a machine of a server: its definition, its role, its logging.</summary>
internal static class UpdateCommand
{
    private static readonly Option<string?> Definition = new("--definition") { Description = "The new definition: JSON, YAML, or a template.", HelpName = "FILE" };

    private static readonly Option<string?> Role = new("--role") { Description = "The new role ARN.", HelpName = "ARN" };

    private static readonly Option<string?> LogLevel = CommonOptions.CreateChoice("--log-level", "What it logs", "LEVEL", "ALL", "ERROR", "FATAL", "OFF");

    private static readonly Option<bool> LogData = new("--log-data") { Description = "With --log-level: log inputs and outputs too." };

    private static readonly Option<string?> LogGroup = new("--log-group") { Description = "With --log-level: the log group. On one machine it is a file in the data folder.", HelpName = "NAME" };

    private static readonly Option<bool> Publish = new("--publish") { Description = "Publish a version." };

    public static Command Create() => new ExampleCommand(
        "update",
        "Changes a state machine on a server. Running executions keep the definition that they were started with.",
        "stepflow update order --definition order.asl.json --publish",
        "stepflow update order --log-level ERROR --log-group orders")
    {
        CommonOptions.OfMachine, Definition, Role, LogLevel, LogData, LogGroup, Publish, CommonOptions.Substitute, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer(RunAsync);

    private static async Task RunAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
        string machine = CommonOptions.Require(arguments, CommonOptions.OfMachine);
        var request = new JsonObjectBuilder();
        if (arguments.GetValue(Definition) is { } file)
        {
            // It is validated as Standard, which supports more features. The server knows the type, and validates it again.
            NamedDefinition read = await DefinitionSource.ReadOneAsync(file, CommonOptions.ReadSource(arguments), cancellationToken);
            CheckedDefinition definition = await DefinitionSource.RequireAsync(read, StateMachineType.Standard, Limits.None, integrations: null, arguments.InvocationConfiguration.Error);
            request.Set("definition", definition.Text);
        }

        request.SetIfPresent("roleArn", arguments.GetValue(Role));
        request.SetIfPresent("loggingConfiguration", Logging(arguments));
        if (request.Count == 0)
        {
            throw new CommandException(ExitCodes.Usage, "There is nothing to change. Give --definition, --role or --log-level.");
        }

        request.SetIfPresent("publish", arguments.GetValue(Publish) ? JsonValue.True : null);
        JsonObject updated = await client.PatchAsync(ExecutionPath.Machine(machine), request.Build(), cancellationToken);
        new CommandOutput(arguments).Write(updated, output => output.WriteLine(
            updated.Text("stateMachineVersionArn") is { } version ? $"{machine} was updated, and {version} was published." : $"{machine} was updated."));
    }

    private static JsonObject? Logging(ParseResult arguments)
    {
        if (arguments.GetValue(LogLevel) is not { } level)
        {
            return arguments.GetValue(LogData) || arguments.GetValue(LogGroup) is not null
                ? throw new CommandException(ExitCodes.Usage, "--log-data and --log-group need --log-level.")
                : null;
        }

        string group = $"arn:aws:logs:us-east-1:123456789012:log-group:{arguments.GetValue(LogGroup) ?? "executions"}:*";
        JsonArray destinations = JsonArray.Create(JsonObject.Create(("cloudWatchLogsLogGroup", JsonObject.Create(("logGroupArn", group)))));
        return JsonObject.Create(
            ("level", level.ToUpperInvariant()),
            ("includeExecutionData", arguments.GetValue(LogData)),
            ("destinations", level.Equals("OFF", StringComparison.OrdinalIgnoreCase) ? JsonArray.Empty : destinations));
    }
}
