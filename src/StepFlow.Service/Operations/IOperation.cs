using StepFlow.Language.Json;
using StepFlow.Service.Requests;

namespace StepFlow.Service.Operations;

/// <summary>One operation of the Step Functions API, or one of StepFlow's own, independent of the transport.</summary>
internal interface IOperation
{
    /// <summary>Its name in the API model.</summary>
    string Name { get; }

    /// <summary>Whether only REST has it: the Step Functions API does not.</summary>
    bool IsRestOnly => false;

    /// <summary>What a key must be allowed to do to call it.</summary>
    OperationAccess Access { get; }

    /// <summary>What a request must look like; the dispatcher checks it first.</summary>
    StructureShape Request { get; }

    /// <summary>Performs it.</summary>
    /// <param name="request">The request, checked against <see cref="Request"/>.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    /// <exception cref="Errors.ApiException">The operation failed in a way that the API defines.</exception>
    Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken);
}
