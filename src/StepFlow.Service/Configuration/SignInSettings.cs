namespace StepFlow.Service.Configuration;

/// <summary>Signing in with tokens of an OpenID Connect issuer, such as Entra ID. Without an issuer nobody signs in.</summary>
public sealed class SignInSettings
{
    /// <summary>The issuer, for Entra ID <c>https://login.microsoftonline.com/TENANT/v2.0</c>; null for none.</summary>
    public Uri? Issuer { get; set; }

    /// <summary>The audience of valid tokens: the client id of the app registration. Required with <see cref="Issuer"/>.</summary>
    public string? Audience { get; set; }

    /// <summary>Whether to trust App Service authentication, which names the signed-in user in a header. Only on Azure, if it is on.</summary>
    public bool AppService { get; set; }

    /// <summary>The name of the role that can read.</summary>
    public string ReaderRole { get; set; } = "StepFlow.Reader";

    /// <summary>The name of the role that can start, stop and redrive executions.</summary>
    public string OperatorRole { get; set; } = "StepFlow.Operator";

    /// <summary>The name of the role that can change state machines.</summary>
    public string AuthorRole { get; set; } = "StepFlow.Author";
}
