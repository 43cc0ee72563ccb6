using StepFlow.Service.Operations;

namespace StepFlow.Service.Access;

/// <summary>Whom a request comes from.</summary>
internal interface ICaller
{
    /// <summary>What logs and executions call it: an access key's id, a person's or an app's name.</summary>
    string Name { get; }

    /// <summary>Whether it may call an operation.</summary>
    /// <param name="operation">The operation's name.</param>
    /// <param name="access">What the operation does.</param>
    bool Allows(string operation, OperationAccess access);
}
