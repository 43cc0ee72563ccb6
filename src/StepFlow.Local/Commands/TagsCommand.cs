using System.CommandLine;
using StepFlow.Local.Client;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow tags RESOURCE</c>: shows and changes tags.</summary>
internal static class TagsCommand
{
    private static readonly Argument<string> Resource = new("ARN") { Description = "The ARN of a state machine or activity." };

    private static readonly Option<string[]> Add = new("--add") { Description = "Add or change a tag. Can be repeated.", HelpName = "KEY=VALUE" };

    private static readonly Option<string[]> Remove = new("--remove") { Description = "Remove a tag. Can be repeated.", HelpName = "KEY" };

    public static Command Create() => new ExampleCommand(
        "tags",
        "Shows the tags of a state machine or activity. Can also add, change and remove tags.",
        "stepflow tags arn:aws:states:us-east-1:123456789012:stateMachine:order --add team=shop --remove owner")
    {
        Resource, Add, Remove, CommonOptions.Server, CommonOptions.Wide, CommonOptions.Json,
    }.RunsOnServer(RunAsync);

    private static async Task RunAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
        string path = "api/tags/" + Uri.EscapeDataString(CommonOptions.Require(arguments, Resource));
        (string Key, string Value)[] added = [.. (arguments.GetValue(Add) ?? []).Select(Split)];
        if (added.Length > 0)
        {
            JsonArray tags = JsonArray.From(added.Select(static tag => JsonObject.Create(("key", tag.Key), ("value", tag.Value))));
            await client.PostAsync(path, JsonObject.Create(("tags", tags)), cancellationToken);
        }

        if (arguments.GetValue(Remove) is { Length: > 0 } removed)
        {
            await client.DeleteAsync($"{path}?{string.Join('&', removed.Select(static key => "tagKeys=" + Uri.EscapeDataString(key)))}", cancellationToken);
        }

        JsonObject response = await client.GetAsync(path, cancellationToken);
        JsonObject[] shown = [.. client.Member<JsonArray>(response, "tags").OfType<JsonObject>()];
        new CommandOutput(arguments).Write(JsonArray.From(shown), ListCommand.Table(shown, "key", "value"));
    }

    private static (string Key, string Value) Split(string tag) => tag.IndexOf('=', StringComparison.Ordinal) is > 0 and int at
        ? (tag[..at], tag[(at + 1)..])
        : throw new CommandException(ExitCodes.Usage, $"--add {tag}: must be KEY=VALUE.");
}
