using StepFlow.Integrations.Signatures;

namespace StepFlow.Local.Client;

/// <summary>
/// The credentials of the command line: a signature made with <c>STEPFLOW_ACCESS_KEY_ID</c> and
/// <c>STEPFLOW_SECRET_ACCESS_KEY</c>, the function key of an app on Azure in <c>STEPFLOW_FUNCTION_KEY</c>, or the access token
/// of a signed-in user in <c>STEPFLOW_TOKEN</c>. The
/// variables of AWS are not read, because their secrets are for AWS.
/// </summary>
internal sealed class ServerCredentials
{
    public const string KeyIdVariable = "STEPFLOW_ACCESS_KEY_ID";
    public const string SecretVariable = "STEPFLOW_SECRET_ACCESS_KEY";
    public const string FunctionKeyVariable = "STEPFLOW_FUNCTION_KEY";

    public const string TokenVariable = "STEPFLOW_TOKEN";

    // A server uses the region and the service only to verify the signature.
    private const string Region = "us-east-1";
    private const string Service = "states";

    private const string FunctionKeyHeader = "x-functions-key";

    private readonly RequestSigner? _signer;
    private readonly string? _functionKey;
    private readonly string? _token;

    private ServerCredentials(RequestSigner? signer, string? functionKey, string? token)
    {
        _signer = signer;
        _functionKey = functionKey;
        _token = token;
    }

    /// <summary>Reads the variables.</summary>
    /// <param name="server">Whom they will be shown to.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="time">The clock of the signatures.</param>
    /// <exception cref="CommandException">One of a pair is missing, or a secret would be sent in clear.</exception>
    public static ServerCredentials Read(Uri server, Func<string, string?> variable, TimeProvider time)
    {
        (string? id, string? secret, string? functionKey, string? token) = (Value(KeyIdVariable), Value(SecretVariable), Value(FunctionKeyVariable), Value(TokenVariable));
        if (id is null != secret is null)
        {
            throw new CommandException(ExitCodes.Usage, $"{(id is null ? KeyIdVariable : SecretVariable)} is not set, but {(id is null ? SecretVariable : KeyIdVariable)} is. Set both or none.");
        }

        if (id is not null && token is not null)
        {
            throw new CommandException(ExitCodes.Usage, $"{KeyIdVariable} and {TokenVariable} are both set, but a request can have only one of them. Unset one.");
        }

        if ((functionKey is null ? token is null ? null : TokenVariable : FunctionKeyVariable) is { } inClear && server.Scheme != Uri.UriSchemeHttps && !server.IsLoopback)
        {
            throw new CommandException(ExitCodes.Usage, $"{inClear} is set and would be sent unencrypted to {server.Host}. Use https.");
        }

        string? Value(string name) => variable(name) is { Length: > 0 } value ? value : null;

        return new(id is null ? null : new RequestSigner(new(id, secret!), Region, Service, time), functionKey, token);
    }

    /// <summary>Puts them on a request.</summary>
    /// <param name="request">The request, with its full URL.</param>
    public void AddTo(HttpRequestMessage request, ReadOnlyMemory<byte> body)
    {
        foreach ((string name, string value) in _signer?.Sign(request.Method.Method, request.RequestUri!, body) ?? [])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (_token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + _token);
        }

        if (_functionKey is not null)
        {
            request.Headers.TryAddWithoutValidation(FunctionKeyHeader, _functionKey);
        }
    }
}
