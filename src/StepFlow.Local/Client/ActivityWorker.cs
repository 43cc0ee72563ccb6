using System.Text;
using StepFlow.Integrations.Processes;

namespace StepFlow.Local.Client;

/// <summary>Works on the tasks of an activity with a program.</summary>
internal sealed class ActivityWorker(ServerClient client, string activityPath, string[] program, string name, TextWriter log, TimeProvider time)
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(1);

    /// <summary>Waits for a task, runs the program, and reports its result.</summary>
    /// <returns>False if a poll returned no task.</returns>
    public async Task<bool> WorkAsync(CancellationToken cancellationToken)
    {
        JsonObject task = await client.PostAsync(activityPath + "/task", JsonObject.Create(("workerName", name)), cancellationToken);
        if (task["taskToken"] is not JsonString token)
        {
            return false;
        }

        string input = task["input"] switch { JsonString text => text.Value, { } value => value.ToString(), null => "{}" };
        ChildResult result = await ChildProcess.RunAsync(
            new()
            {
                FileName = program[0],
                Arguments = program[1..],
                Input = Encoding.UTF8.GetBytes(input),
                Timeout = LongestRun,
            },
            time,
            cancellationToken);
        JsonValue? response = result.Succeeded ? JsonValue.ParseOrNull(Encoding.UTF8.GetString(result.Output.Span)) : null;
        await (response is not null
            ? SendAsync("success", ("output", response.ToString()))
            : SendAsync("failure", ("error", result.Succeeded ? "NotJson" : "ProgramFailed"), ("cause", result.Succeeded ? "The program's output is not JSON." : result.ErrorTail)));
        return true;

        async Task SendAsync(string kind, params (string Name, string Value)[] members)
        {
            await log.WriteLineAsync(kind == "success" ? "Task succeeded." : $"Task failed: {members[0].Value} {members[1].Value}".TrimEnd());
            await client.PostAsync("api/tasks/" + kind, JsonObject.Create([("taskToken", token), .. members.Select(static member => (member.Name, (JsonValue)member.Value))]), cancellationToken);
        }
    }
}
