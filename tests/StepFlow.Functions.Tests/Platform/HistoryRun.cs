using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>A running execution, and what can be done with it from outside.</summary>
/// <param name="app">Where it runs.</param>
/// <param name="tasks">The functions of that host.</param>
/// <param name="executionArn">The execution.</param>
internal sealed class HistoryRun(RemoteApp app, HttpTasks tasks, string executionArn)
{
    private readonly List<string> _tokens = [];

    /// <summary>The execution.</summary>
    public string ExecutionArn => executionArn;

    /// <summary>The task tokens that it gave away.</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>Waits for the token that it gives a function, and calls an operation with it once the task is submitted.</summary>
    public async Task CompleteTokenAsync(string operation, params (string Name, JsonValue Value)[] request)
    {
        string token = await tasks.TokenAsync(ExecutionArn);
        _tokens.Add(token);
        await app.UntilAsync(ExecutionArn, "TaskSubmitted");
        await app.CallAsync(operation, [("taskToken", token), .. request]);
    }

    /// <summary>Waits for the token that it gives a function, and leaves the task alone.</summary>
    public async Task KeepTokenAsync() => _tokens.Add(await tasks.TokenAsync(ExecutionArn));

    /// <summary>Takes the task of an activity as a worker does, and leaves it alone: its time runs from then on.</summary>
    /// <returns>The task.</returns>
    public Task<JsonObject> TakeAsync(string activityArn) => app.CallAsync("GetActivityTask", ("activityArn", activityArn), ("workerName", "worker"));

    /// <summary>Does the task of an activity as a worker does.</summary>
    public async Task WorkAsync(string activityArn, string operation, params (string Name, JsonValue Value)[] request) =>
        await app.CallAsync(operation, [("taskToken", (await TakeAsync(activityArn))["taskToken"]!), .. request]);

    /// <summary>Waits for an event, then stops it.</summary>
    public async Task StopAsync(string after)
    {
        await app.UntilAsync(ExecutionArn, after);
        await app.CallAsync("StopExecution", ("executionArn", ExecutionArn), ("error", "Enough"), ("cause", "Said so."));
    }

    /// <summary>Waits for its failure, mends what failed, and redrives it.</summary>
    public async Task RedriveAsync()
    {
        Assert.Equal("FAILED", RemoteApp.Text(await app.EndAsync(ExecutionArn), "status"));
        tasks.IsMended = true;
        await app.CallAsync("RedriveExecution", ("executionArn", ExecutionArn));
    }
}
