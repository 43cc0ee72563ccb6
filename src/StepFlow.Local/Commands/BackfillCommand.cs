using System.CommandLine;
using System.Globalization;
using StepFlow.Local.Client;
using StepFlow.Local.Configuration;
using StepFlow.Service.Triggers;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow backfill TRIGGER</c>: starts the executions that a schedule would have started in the past.</summary>
internal static class BackfillCommand
{
    private const string Exists = "ExecutionAlreadyExists";

    private static readonly Argument<string> Trigger = new("TRIGGER") { Description = "The trigger, by its name in the configuration. It must have a schedule." };
    private static readonly Option<string> From = new("--from") { Description = "The first time, such as 2026-01-31 or 2026-01-31T06:00:00Z.", HelpName = "TIME", Required = true };
    private static readonly Option<string?> To = new("--to") { Description = "The end. Times from here on are left out. Default now.", HelpName = "TIME" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show the times, but start nothing." };

    public static Command Create() => new ExampleCommand(
        "backfill",
        "Starts an execution for each past time of a trigger's schedule. Times that already have an execution are skipped, so you can repeat the command.",
        "stepflow backfill nightly --from 2026-01-01 --to 2026-02-01 --dry-run",
        "stepflow backfill nightly --from 2026-01-01")
    {
        Trigger, From, To, DryRun, CommonOptions.Configuration, CommonOptions.Server, CommonOptions.Json,
    }.Runs(RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string name = CommonOptions.Require(arguments, Trigger);
        LoadedConfiguration configuration = await CommonOptions.ReadConfigurationAsync(arguments, cancellationToken);
        IReadOnlyDictionary<string, TriggerOptions> triggers = TriggerSet.Read(configuration.Settings);
        if (!triggers.TryGetValue(name, out TriggerOptions? options) || options.Schedule is null)
        {
            string[] known = [.. triggers.Where(static pair => pair.Value.Schedule is not null).Select(static pair => pair.Key).Order(StringComparer.Ordinal)];
            throw new CommandException(ExitCodes.InvalidInput, $"The configuration has no trigger {name} with a schedule. {(known.Length == 0 ? "It has none with a schedule at all." : $"It has {string.Join(", ", known)}.")}");
        }

        DateTimeOffset from = ReadTime("--from", arguments.GetRequiredValue(From));
        DateTimeOffset to = arguments.GetValue(To) is { } text ? ReadTime("--to", text) : TimeProvider.System.GetUtcNow();
        if (from >= to)
        {
            throw new CommandException(ExitCodes.Usage, "--from must be before --to.");
        }

        IEnumerable<ScheduledStart> starts = ScheduledStart.Between(name, options, from, to);
        if (arguments.GetValue(DryRun))
        {
            string[] times = [.. starts.Select(static start => start.Cause)];
            new CommandOutput(arguments).Write(JsonObject.Create(("times", JsonArray.From(times.Select(static time => (JsonValue)time)))), output => Array.ForEach(times, output.WriteLine));
            return ExitCodes.Success;
        }

        using var client = new ServerClient(arguments.GetRequiredValue(CommonOptions.Server), TimeProvider.System);
        (int started, int before) = (0, 0);
        foreach (ScheduledStart start in starts)
        {
            JsonObject body = JsonObject.Create(("name", start.ExecutionName), ("input", options.Input ?? start.Input.ToString()));
            if (await client.PostUnlessAsync(ExecutionPath.OfMachine(options.StateMachine!), body, Exists, cancellationToken) is null)
            {
                before++;
            }
            else
            {
                started++;
            }
        }

        new CommandOutput(arguments).Write(
            JsonObject.Create(("started", started), ("alreadyStarted", before)),
            output => output.WriteLine($"{started} started, {before} existed already."));
        return ExitCodes.Success;
    }

    private static DateTimeOffset ReadTime(string option, string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : throw new CommandException(ExitCodes.Usage, $"{option} {text} is not a time such as 2026-01-31 or 2026-01-31T06:00:00Z.");
}
