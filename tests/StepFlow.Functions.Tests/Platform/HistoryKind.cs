using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>A kind of execution whose history must be the same on every host.</summary>
/// <param name="Name">The kind's name; that of its state machine too.</param>
/// <param name="Definition">The definition.</param>
internal sealed record HistoryKind(string Name, string Definition)
{
    /// <summary>The input.</summary>
    public JsonValue Input { get; init; } = JsonObject.Empty;

    /// <summary>The definition of a state machine that it starts, named after it with <c>-child</c>; null for none.</summary>
    public string? Child { get; init; }

    /// <summary>Whether work runs at the same time: the order of its events is left open.</summary>
    public bool IsConcurrent { get; init; }

    /// <summary>What happens from outside while it runs; null for nothing.</summary>
    public Func<HistoryRun, Task>? Meanwhile { get; init; }

    /// <summary>Runs it to its end.</summary>
    /// <param name="app">Where.</param>
    /// <param name="tasks">The functions of that host.</param>
    /// <returns>Its history and how it ended, as text.</returns>
    public async Task<string> RunAsync(RemoteApp app, HttpTasks tasks)
    {
        if (Child is not null)
        {
            await app.CreateAsync(Name + "-child", Child);
        }

        string machine = await app.CreateAsync(Name, Definition);
        var run = new HistoryRun(app, tasks, await app.StartAsync(machine, "e", Input));
        await (Meanwhile?.Invoke(run) ?? Task.CompletedTask);
        JsonObject ended = await app.EndAsync(run.ExecutionArn);
        return HistoryText.Of(await app.EventsAsync(run.ExecutionArn), ended, run.Tokens, IsConcurrent);
    }
}
