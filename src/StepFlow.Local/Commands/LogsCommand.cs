using System.CommandLine;
using StepFlow.Language.Json;
using StepFlow.Local.Failures;
using StepFlow.Local.Serving;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow logs</c>: the execution logs that a server has written to its data folder.</summary>
internal static class LogsCommand
{
    private static readonly Option<string?> Group = new("--group") { Description = "The log group. Default that of machines that name none.", HelpName = "NAME" };

    private static readonly Option<string?> Execution = new("--execution") { Description = "Only the records of this execution.", HelpName = "MACHINE/NAME" };

    private static readonly Option<int> Limit = CommonOptions.CreateLimit("The last so many records.", 100);

    public static Command Create()
    {
        var command = new ExampleCommand(
            "logs",
            "Shows execution logs of a data folder. Machines are logged that ask for it: stepflow update MACHINE --log-level ALL.",
            "stepflow logs --group orders --limit 20",
            "stepflow logs --execution order/order-7 --data /var/lib/stepflow --json")
        {
            Group, Execution, Limit, DataOption.Folder, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(arguments.GetRequiredValue(DataOption.Folder), FileLogSink.Folder);
        string file = Path.Combine(folder, FileLogSink.FileName($"arn:aws:logs:::log-group:{arguments.GetValue(Group) ?? FileLogSink.DefaultGroup}"));
        if (!File.Exists(file))
        {
            string[] others = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.jsonl").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)] : [];
            throw new CommandException(
                ExitCodes.InvalidInput,
                $"{file}: no such file. {(others.Length > 0 ? $"There are the groups {string.Join(", ", others)}." : "No machine is logged: stepflow update MACHINE --log-level ALL.")}");
        }

        IReadOnlyList<JsonObject> records = await ReadAsync(file, arguments.GetValue(Execution), arguments.GetValue(Limit), cancellationToken);
        new CommandOutput(arguments).Write(JsonArray.From(records), output =>
        {
            var table = new TextTable("TIME", "EXECUTION", "TYPE", "DETAIL");
            foreach (JsonObject record in records)
            {
                table.Add(Time(record), Name(record), Text(record, "type"), Detail(record));
            }

            CommandOutput.WriteTable(output, table);
        });
        return ExitCodes.Success;
    }

    /// <summary>The last records, with the file that was put aside before it.</summary>
    private static async Task<IReadOnlyList<JsonObject>> ReadAsync(string file, string? execution, int limit, CancellationToken cancellationToken)
    {
        var last = new Queue<JsonObject>();
        foreach (string part in ((string[])[file + ".1", file]).Where(File.Exists))
        {
            // The server goes on writing meanwhile.
            await using var stream = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (JsonValue.ParseOrNull(line) is JsonObject record && (execution is null || Name(record) == execution || Text(record, "execution_arn") == execution))
                {
                    last.Enqueue(record);
                    if (last.Count > limit)
                    {
                        last.Dequeue();
                    }
                }
            }
        }

        return [.. last];
    }

    private static string Name(JsonObject record) => Text(record, "execution_arn").Split(':') is [.., var machine, var name] ? $"{machine}/{name}" : string.Empty;

    private static string Time(JsonObject record) => long.TryParse(Text(record, "event_timestamp"), System.Globalization.CultureInfo.InvariantCulture, out long milliseconds)
        ? CommandTime.Full(JsonNumber.Create(milliseconds / 1000.0))
        : string.Empty;

    private static string Detail(JsonObject record) => record["details"] is JsonObject details
        ? string.Join(' ', ((string[])["name", "resource", "error", "cause"]).Select(name => (details[name] as JsonString)?.Value).OfType<string>())
        : string.Empty;

    private static string Text(JsonObject members, string name) => members[name] switch { JsonString text => text.Value, JsonNumber number => number.Text, _ => string.Empty };
}
