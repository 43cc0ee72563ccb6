using StepFlow.Service.Requests;

namespace StepFlow.Service.Operations;

/// <summary>One operation of the Step Functions API, or one of StepFlow's own, independent of the transport. Its class has its name.</summary>
/// <param name="access">What a key must be allowed to do to call it.</param>
/// <param name="members">What a request may hold, in the API model's order.</param>
internal abstract class Operation(OperationAccess access, params Member[] members)
{
    /// <summary>Its name in the API model.</summary>
    public string Name => GetType().Name;

    /// <summary>Whether only REST has it: the Step Functions API does not.</summary>
    public virtual bool IsRestOnly => false;

    /// <summary>What a key must be allowed to do to call it.</summary>
    public OperationAccess Access => access;

    /// <summary>What a request must look like; the dispatcher checks it first.</summary>
    public StructureShape Request => field ??= new(Name + "Input", members);

    /// <summary>Performs it.</summary>
    /// <param name="request">The request, checked against <see cref="Request"/>.</param>
    /// <param name="caller">Who calls.</param>
    /// <exception cref="Errors.ApiException">The operation failed in a way that the API defines.</exception>
    public abstract Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken);
}
