namespace StepFlow.Integrations.Messages;

/// <summary>For a host without rules: no bus has any.</summary>
internal sealed class NoEventRules : IEventRules
{
    public bool HasRules(string bus) => false;

    public Task ApplyAsync(string bus, JsonObject occurrence, CancellationToken cancellationToken) => Task.CompletedTask;
}
