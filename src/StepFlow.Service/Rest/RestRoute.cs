namespace StepFlow.Service.Rest;

/// <summary>One route of the REST API, which calls an operation.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">The path. <c>{machine}</c>, <c>{execution}</c>, <c>{version}</c>, <c>{alias}</c>, <c>{activity}</c>, <c>{index}</c> become ARNs in the request. Other parts become members with the same name.</param>
/// <param name="Operation">The operation; null where the path names it.</param>
/// <param name="Summary">The summary for the OpenAPI description.</param>
internal sealed record RestRoute(string Method, string Template, string? Operation, string Summary);
