namespace StepFlow.Integrations.Http;

/// <summary>How HTTP tasks fail (Step Functions developer guide, "HTTP Task": error handling).</summary>
internal static class HttpErrors
{
    /// <summary>No response: no connection, or a timeout.</summary>
    public const string Socket = "States.Http.Socket";

    /// <summary>The prefix of a response that is not a success. The status follows.</summary>
    public const string StatusCode = "States.Http.StatusCode.";

    /// <summary>The call is not permitted.</summary>
    public const string Permissions = "States.Permissions";

    public const string InvalidEndpoint = "The argument 'ApiEndpoint' must be an absolute URL with the scheme https, or http for a host listed in 'StepFlow:Http:AllowedHosts'.";

    public static string HostNotAllowed(string host) => $"The host '{host}' is not allowed. Add it to the setting 'StepFlow:Http:AllowedHosts'.";

    public static string PrivateAddress(string host) =>
        $"The host '{host}' is in a private network. To allow it, add it to the setting 'StepFlow:Http:AllowedHosts'.";

    public static string Timeout(int seconds) => $"The HTTP endpoint did not respond within {seconds} seconds.";

    public static string TooLarge(int most) => $"The response is larger than {most} bytes. See the setting 'StepFlow:Http:MaxResponseBytes'.";

    public static string NoHeaderName(string name) =>
        $"'{name}' is not a header name. Use ASCII letters, digits and !#$%&'*+-.^_`|~.";

    public static string NoHeaderValue(string name) =>
        $"The value of the header '{name}' must contain only printable ASCII characters and no line break.";

    public static string HeaderRefused(string header) => $"The header '{header}' cannot be set by an HTTP task.";

    public static string UnknownConnection(string name) =>
        $"The connection '{name}' is not known. Add the setting 'StepFlow:Http:Connections:{name}:Authorization'.";
}
