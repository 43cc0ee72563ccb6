namespace StepFlow.Service.Rest;

/// <summary>One route of the REST face: another way to call an operation.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">The path. <c>{machine}</c>, <c>{execution}</c>, <c>{version}</c>, <c>{alias}</c>, <c>{activity}</c>, <c>{index}</c> become ARNs of the request; other parts are members of their own name.</param>
/// <param name="Operation">The operation; null where the path names it.</param>
/// <param name="Summary">What it does, for the description.</param>
internal sealed record RestRoute(string Method, string Template, string? Operation, string Summary);
