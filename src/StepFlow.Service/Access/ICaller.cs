using StepFlow.Service.Operations;

namespace StepFlow.Service.Access;

/// <summary>The caller of a request.</summary>
internal interface ICaller
{
    /// <summary>What logs and executions call it: an access key's id, a person's or an app's name.</summary>
    string Name { get; }

    /// <summary>Whether it may call an operation.</summary>
    /// <param name="operation">The operation's name.</param>
    /// <param name="access">The access that the operation needs.</param>
    bool Allows(string operation, OperationAccess access);
}
