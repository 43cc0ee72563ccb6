using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace StepFlow.Service.Rest;

/// <summary>
/// The members that the API carries as JSON texts. REST takes their values or their texts, and shows values;
/// with <c>?payloads=text</c> it shows the texts as they are, without reading them.
/// </summary>
internal static class RestPayloads
{
    /// <summary>The query parameter that says how a response shows payloads.</summary>
    public const string Parameter = "payloads";

    /// <summary>Payloads are shown as JSON values, the default.</summary>
    public const string AsValues = "values";

    /// <summary>Payloads are shown as the texts that the API carries.</summary>
    public const string AsText = "text";

    /// <summary>The members of requests that hold a JSON text, at any depth.</summary>
    public static readonly FrozenSet<string> OfRequests =
        FrozenSet.Create(StringComparer.Ordinal, "input", "output", "definition", "variables", "context", "result", "mapItemReaderData");

    /// <summary>The members of responses that hold a JSON text, at any depth.</summary>
    public static readonly FrozenSet<string> OfResponses =
        FrozenSet.Create(StringComparer.Ordinal, "input", "output", "definition", "parameters");

    /// <summary>Whether a request wants payloads as values; null where it asks for something that does not exist.</summary>
    public static bool? WantsValues(HttpRequest request) => request.Query[Parameter].ToString() switch
    {
        "" or AsValues => true,
        AsText => false,
        _ => null,
    };
}
