using StepFlow.Service.Operations;

namespace StepFlow.Service.Access;

/// <summary>An access key that clients sign their requests with.</summary>
public sealed record AccessKey : ICaller
{
    public required string Id { get; init; }

    public required string Secret { get; init; }

    /// <summary>The operations that the key allows. Default all.</summary>
    public AccessLevel Level { get; init; } = AccessLevel.Admin;

    /// <summary>Further operations it may call, by name; empty for none.</summary>
    public IReadOnlySet<string> Operations { get; init; } = new HashSet<string>();

    string ICaller.Name => Id;

    /// <summary>Whether it may call an operation.</summary>
    public bool Allows(string operation, OperationAccess access) => Operations.Contains(operation) || Level switch
    {
        AccessLevel.Admin => true,
        AccessLevel.StartOnly => access == OperationAccess.Start,
        _ => access == OperationAccess.Read,
    };

    public override string ToString() => $"{Id} ({Level})";
}
