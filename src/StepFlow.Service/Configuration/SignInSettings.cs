namespace StepFlow.Service.Configuration;

/// <summary>Signing in with tokens of an OpenID Connect issuer, such as Entra ID. Without an issuer nobody signs in.</summary>
public sealed class SignInSettings
{
    /// <summary>The issuer, for Entra ID <c>https://login.microsoftonline.com/TENANT/v2.0</c>; null for none.</summary>
    public Uri? Issuer { get; set; }

    /// <summary>Whom tokens must be for: the client id of the app registration. Required with <see cref="Issuer"/>.</summary>
    public string? Audience { get; set; }

    /// <summary>Whether App Service authentication tells by a header who signed in. On Azure only, where it is on.</summary>
    public bool AppService { get; set; }

    /// <summary>What the role of those who read is called.</summary>
    public string ReaderRole { get; set; } = "StepFlow.Reader";

    /// <summary>What the role of those who start, stop and redrive is called.</summary>
    public string OperatorRole { get; set; } = "StepFlow.Operator";

    /// <summary>What the role of those who change state machines is called.</summary>
    public string AuthorRole { get; set; } = "StepFlow.Author";
}
