namespace StepFlow.Service.Operations;

/// <summary>One operation of the Step Functions API, or an additional one of StepFlow. It is independent of the transport. The class has the operation's name.</summary>
/// <param name="access">The access that a caller needs.</param>
/// <param name="members">The members of a request, in the order of the API model.</param>
internal abstract class Operation(OperationAccess access, params Member[] members)
{
    /// <summary>Its name in the API model.</summary>
    public string Name => GetType().Name;

    /// <summary>Whether only REST has it, and not the Step Functions API.</summary>
    public virtual bool IsRestOnly => false;

    /// <summary>The access that a caller needs.</summary>
    public OperationAccess Access => access;

    /// <summary>The shape of a request. The dispatcher checks it first.</summary>
    public StructureShape Request => field ??= new(Name + "Input", members);

    /// <summary>Performs it.</summary>
    /// <param name="request">The request, checked against <see cref="Request"/>.</param>
    /// <exception cref="Errors.ApiException">The operation failed with an error of the API.</exception>
    public abstract Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken);
}
