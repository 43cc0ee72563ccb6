using System.Security.Claims;
using System.Text.RegularExpressions;
using StepFlow.Service.Operations;

namespace StepFlow.Service.Access;

/// <summary>A person or an app that signed in.</summary>
/// <param name="Name">What logs and executions call it.</param>
/// <param name="Role">Its role; null if it has none. Then it may call nothing.</param>
internal sealed partial record SignedInCaller(string Name, CallerRole? Role) : ICaller
{
    // In this order: a user's sign-in name, an app's id, an object id. The claims of Entra ID and of OpenID Connect.
    private static readonly string[] NameClaims =
        ["preferred_username", "upn", "email", "unique_name", ClaimTypes.Upn, ClaimTypes.Email, "appid", "azp", "oid", "http://schemas.microsoft.com/identity/claims/objectidentifier", "sub", ClaimTypes.NameIdentifier];

    private static readonly string[] RoleClaims = ["roles", "role", ClaimTypes.Role];

    public bool Allows(string operation, OperationAccess access) => Role switch
    {
        CallerRole.Author => true,
        CallerRole.Operator => access is OperationAccess.Read or OperationAccess.Start or OperationAccess.Operate,
        CallerRole.Reader => access is OperationAccess.Read,
        _ => false,
    };

    /// <summary>Reads claims of any issuer.</summary>
    public static SignedInCaller From(IReadOnlyCollection<Claim> claims, IReadOnlyDictionary<string, CallerRole> roles)
    {
        CallerRole[] given = [.. claims.Where(claim => RoleClaims.Contains(claim.Type) && roles.ContainsKey(claim.Value)).Select(claim => roles[claim.Value])];
        string? name = NameClaims.Select(type => claims.FirstOrDefault(claim => claim.Type == type)?.Value).FirstOrDefault(static value => value is not null && Plain().IsMatch(value));
        return new(name ?? "unnamed", given.Length == 0 ? null : given.Max());
    }

    /// <summary>The characters that a log line can contain unchanged.</summary>
    [GeneratedRegex(@"\A[\p{L}\p{N}@._+-]{1,256}\z")]
    private static partial Regex Plain();
}
