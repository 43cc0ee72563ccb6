using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Stands in for the attribute of the package Microsoft.Azure.Functions.Worker.Extensions.ServiceBus: what this app uses of it.</summary>
/// <param name="queueName">The queue whose messages start the function.</param>
public sealed class ServiceBusTriggerAttribute(string queueName) : TriggerBindingAttribute, ISupportCardinality
{
    public string QueueName { get; } = queueName;

    /// <summary>The setting with the connection.</summary>
    public string? Connection { get; set; }

    /// <summary>Whether one call takes many messages.</summary>
    public bool IsBatched { get; set; }

    /// <summary>Whether the host completes a message when the function has returned.</summary>
    public bool AutoCompleteMessages { get; set; }

    Cardinality ISupportCardinality.Cardinality
    {
        get => IsBatched ? Cardinality.Many : Cardinality.One;
        set => IsBatched = value is Cardinality.Many;
    }
}
