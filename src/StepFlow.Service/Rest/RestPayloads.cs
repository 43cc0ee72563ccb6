using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace StepFlow.Service.Rest;

/// <summary>
/// The members that are JSON texts in the API. REST accepts their values or their texts, and returns values.
/// With <c>?payloads=text</c> it returns the texts unchanged.
/// </summary>
internal static class RestPayloads
{
    /// <summary>The query parameter that selects how a response shows payloads.</summary>
    public const string Parameter = "payloads";

    /// <summary>Payloads are shown as JSON values, the default.</summary>
    public const string AsValues = "values";

    /// <summary>Payloads are shown as texts, as in the API.</summary>
    public const string AsText = "text";

    /// <summary>The members of requests that hold a JSON text, at any depth.</summary>
    public static readonly FrozenSet<string> OfRequests =
        FrozenSet.Create(StringComparer.Ordinal, "input", "output", "definition", "variables", "context", "result", "mapItemReaderData");

    /// <summary>The members of responses that hold a JSON text, at any depth.</summary>
    public static readonly FrozenSet<string> OfResponses =
        FrozenSet.Create(StringComparer.Ordinal, "input", "output", "definition", "parameters");

    /// <summary>Whether a request asks for payloads as values; null if the parameter has an unknown value.</summary>
    public static bool? WantsValues(HttpRequest request) => request.Query[Parameter].ToString() switch
    {
        "" or AsValues => true,
        AsText => false,
        _ => null,
    };
}
