using System.CommandLine;
using StepFlow.Local.Client;
using StepFlow.Local.Sources;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow send-task-success|failure|heartbeat TOKEN</c>: reports the result of a task that waits for its token.</summary>
internal static class SendTaskCommand
{
    private static readonly Argument<string> Token = new("TOKEN") { Description = "The task token." };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "The result: a file, - for standard input, or the JSON itself. Default {}.",
        HelpName = "FILE|JSON",
    };

    public static IReadOnlyList<Command> Create() =>
    [
        Create("success", "Reports that a task with a task token succeeded.", "stepflow send-task-success AAAA… --output '{\"approved\": true}'", Output),
        Create("failure", "Reports that a task with a task token failed.", "stepflow send-task-failure AAAA… --error Denied --cause 'Too expensive.'", CommonOptions.Error, CommonOptions.Cause),
        Create("heartbeat", "Reports that a task with a task token is still running.", "stepflow send-task-heartbeat AAAA…"),
    ];

    private static ExampleCommand Create(string kind, string description, string example, params Option[] options)
    {
        ExampleCommand command = new ExampleCommand("send-task-" + kind, description, example) { Token, CommonOptions.Server, CommonOptions.Json }
            .RunsOnServer((arguments, client, cancellationToken) => RunAsync(arguments, client, kind, cancellationToken));
        Array.ForEach(options, command.Options.Add);
        return command;
    }

    private static async Task RunAsync(ParseResult arguments, ServerClient client, string kind, CancellationToken cancellationToken)
    {
        var request = new JsonObjectBuilder().Set("taskToken", CommonOptions.Require(arguments, Token));
        if (kind == "success")
        {
            (_, string output) = await TextSource.ReadInputAsync(arguments.GetValue(Output), "--output", cancellationToken);
            request.Set("output", output);
        }
        else if (kind == "failure")
        {
            CommonOptions.AddError(arguments, request);
        }

        JsonObject sent = await client.PostAsync("api/tasks/" + kind, request.Build(), cancellationToken);
        new CommandOutput(arguments).Write(sent, static output => output.WriteLine("The server has accepted it."));
    }
}
