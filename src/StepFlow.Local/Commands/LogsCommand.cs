using System.CommandLine;
using StepFlow.Local.Serving;
using StepFlow.Local.Terminals;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow logs</c>: the execution logs that a server has written to its data folder.</summary>
internal static class LogsCommand
{
    private static readonly Option<string?> Group = new("--group") { Description = "The log group. Default the group of machines that set none.", HelpName = "NAME" };

    private static readonly Option<string?> Execution = new("--execution") { Description = "Only the records of this execution.", HelpName = "MACHINE/NAME" };

    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Also show new records as they are written, one on each line (with --json as JSON). Ctrl+C stops it." };

    private static readonly Option<int> Limit = CommonOptions.CreateLimit("Show only the last records, up to this number.", 100);

    public static Command Create() => new ExampleCommand(
        "logs",
        "Shows execution logs of a data folder. To turn on the logs of a machine: stepflow update MACHINE --log-level ALL.",
        "stepflow logs --group orders --limit 20",
        "stepflow logs --group orders --follow",
        "stepflow logs --execution order/order-7 --data /var/lib/stepflow --json")
    {
        Group, Execution, Follow, Limit, DataCommands.Folder, CommonOptions.Wide, CommonOptions.Json,
    }.Runs(RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(arguments.GetRequiredValue(DataCommands.Folder), FileLogSink.Folder);
        string path = Path.Combine(folder, FileLogSink.FileName($"arn:aws:logs:::log-group:{arguments.GetValue(Group) ?? FileLogSink.DefaultGroup}"));
        bool follows = arguments.GetValue(Follow);
        if (!File.Exists(path))
        {
            string[] others = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.jsonl").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)] : [];
            string missing = $"{path}: no such file. {(others.Length > 0 ? $"Existing groups: {string.Join(", ", others)}." : "No machine writes logs. To turn them on: stepflow update MACHINE --log-level ALL.")}";
            if (!follows)
            {
                throw new CommandException(ExitCodes.InvalidInput, missing);
            }

            // It is written with the first record.
            await arguments.InvocationConfiguration.Error.WriteLineAsync($"{missing} Waiting for it.");
        }

        var file = new LogFile(path, arguments.GetValue(Execution));
        IReadOnlyList<JsonObject> last = await file.ReadLastAsync(arguments.GetValue(Limit), cancellationToken);
        if (follows)
        {
            TextWriter output = arguments.InvocationConfiguration.Output;
            bool json = arguments.GetValue(CommonOptions.Json);
            foreach (JsonObject record in last)
            {
                Write(record);
            }

            await file.FollowAsync(Write, cancellationToken);

            void Write(JsonObject record) =>
                output.WriteLine(json ? record.ToString() : string.Join("  ", Columns(record)).TrimEnd());
        }

        var table = new TextTable("TIME", "EXECUTION", "TYPE", "DETAIL");
        foreach (JsonObject record in last)
        {
            table.Add(Columns(record));
        }

        new CommandOutput(arguments).Write(JsonArray.From(last), table);
        return ExitCodes.Success;
    }

    private static string[] Columns(JsonObject record) => [LogFile.Time(record), LogFile.Name(record), LogFile.Text(record, "type"), Detail(record)];

    private static string Detail(JsonObject record) => record["details"] is JsonObject details
        ? string.Join(' ', ((string[])["name", "resource", "error", "cause"]).Select(name => details.Text(name)).OfType<string>())
        : string.Empty;
}
