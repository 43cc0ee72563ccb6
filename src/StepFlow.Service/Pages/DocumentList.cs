using StepFlow.Runtime.Documents;

namespace StepFlow.Service.Pages;

/// <summary>A list of documents in the response of an operation.</summary>
/// <param name="Name">The operation and its filters. The token of a page is only valid for the same list.</param>
/// <param name="Prefix">The prefix of the keys; empty for all.</param>
/// <param name="Member">The member of the response.</param>
/// <param name="View">Makes an item of the response.</param>
internal sealed record DocumentList<T>(DocumentCollection<T> Collection, string Name, string Prefix, string Member, Func<T, JsonObject> View)
    where T : class
{
    /// <summary>Selects the items; null for all.</summary>
    public Func<T, bool>? Filter { get; init; }
}
