using DurableTask.Core;

namespace StepFlow.Functions.TaskHub;

/// <summary>Makes what the durable engine runs, by name.</summary>
/// <param name="create">Makes one; null for an unknown name.</param>
internal sealed class HubObjects<T>(Func<string, T?> create) : INameVersionObjectManager<T>
    where T : class
{
    public void Add(ObjectCreator<T> creator) => throw new NotSupportedException("Functions are found by their attributes.");

    public T? GetObject(string name, string? version) => create(name);
}
