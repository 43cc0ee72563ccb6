using System.Security.Claims;
using System.Text;

namespace StepFlow.Service.Access;

/// <summary>
/// The caller that App Service authentication signed in: the header <c>X-MS-CLIENT-PRINCIPAL</c>, Base64 of JSON. The platform removes
/// this header from the requests of callers, but only if its authentication is on.
/// </summary>
internal static class PlatformPrincipal
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    /// <summary>The claims; null if the header does not have the platform's form.</summary>
    public static IReadOnlyCollection<Claim>? Read(string header)
    {
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header, bytes, out int length)
            || JsonValue.ParseOrNull(Encoding.UTF8.GetString(bytes, 0, length)) is not JsonObject principal
            || principal["claims"] is not JsonArray claims)
        {
            return null;
        }

        return [.. claims.OfType<JsonObject>()
            .Where(static claim => claim["typ"] is JsonString && claim["val"] is JsonString)
            .Select(static claim => new Claim(claim.RequiredText("typ"), claim.RequiredText("val")))];
    }
}
