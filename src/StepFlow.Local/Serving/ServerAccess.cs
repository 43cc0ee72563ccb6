using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using StepFlow.Local.Configuration;

namespace StepFlow.Local.Serving;

/// <summary>Who may reach a server, and how.</summary>
internal sealed class ServerAccess
{
    /// <summary>Most bytes of a request's headers.</summary>
    public const int MaxHeaderBytes = 32 * 1024;

    /// <summary>
    /// The host names that a server without access keys accepts. So a web page whose host name resolves to the loopback address
    /// cannot call it. The prefix is the one that AWS clients add for synchronous calls.
    /// </summary>
    public static readonly IReadOnlyList<string> LoopbackNames =
        ["localhost", "127.0.0.1", "[::1]", "*.localhost", "sync-localhost", "sync-127.0.0.1", "host.docker.internal"];

    /// <summary>How many connections over the limit are accepted at a time, to be closed at once.</summary>
    public const int ConnectionsToClose = 16;

    // The number of files that an idle server has open (about 250), twice.
    private const int OwnFiles = 500;
    private const int LeastConnections = 16;

    private ServerAccess(IPEndPoint endpoint, X509Certificate2? certificate, IReadOnlyList<IPNetwork> proxies, int maxConnections)
    {
        Endpoint = endpoint;
        Certificate = certificate;
        TrustedProxies = proxies;
        MaxConnections = maxConnections;
    }

    /// <summary>Where the server listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>The certificate that it shows; null for plain HTTP.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>The networks whose word about a request's caller counts.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; }

    /// <summary>
    /// The maximum number of connections. Half of the process's limit is for the journal, for tasks and for their
    /// connections. A process that cannot open files cannot load its own code either.
    /// </summary>
    public int MaxConnections { get; }

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">Where paths are relative to.</param>
    /// <param name="options">The server's settings.</param>
    /// <param name="isProtected">Whether requests must prove who the caller is.</param>
    /// <exception cref="CommandException">One is wrong, or others could reach a server without access keys, or without TLS.</exception>
    public static ServerAccess Read(LoadedConfiguration configuration, ServerOptions options, bool isProtected)
    {
        IPAddress address = ReadAddress(options.Listen);
        var access = new ServerAccess(
            new(address, options.Port),
            ReadCertificate(configuration, options),
            [.. options.TrustedProxies.Select(ReadNetwork)],
            Math.Min(options.MaxConnections, OpenFileLimit.Read() is { } files ? Math.Max(LeastConnections, Math.Min(files / 2, files - OwnFiles)) : int.MaxValue));
        if (IPAddress.IsLoopback(address))
        {
            return access;
        }

        return (isProtected, access.Certificate is not null || access.TrustedProxies.Count > 0) switch
        {
            (false, _) => throw Wrong($"Server:Listen: {options.Listen} is reachable from other machines, but there are no access keys. Add AccessKeys or SignIn, or listen on 127.0.0.1."),
            (_, false) => throw Wrong($"Server:Listen: {options.Listen} is reachable from other machines, but requests would be sent unencrypted. Add Server:Certificate, or name the proxy that ends TLS in Server:TrustedProxies, or listen on 127.0.0.1."),
            _ => access,
        };
    }

    private static IPAddress ReadAddress(string listen) =>
        IPAddress.TryParse(listen.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" : listen, out IPAddress? address)
            ? address
            : throw Wrong($"Server:Listen: {listen} is not an IP address.");

    private static IPNetwork ReadNetwork(string proxy)
    {
        if (IPNetwork.TryParse(proxy, out IPNetwork network))
        {
            return network;
        }

        return IPAddress.TryParse(proxy, out IPAddress? address)
            ? new(address, address.GetAddressBytes().Length * 8)
            : throw Wrong($"Server:TrustedProxies: {proxy} is not an IP address or a network such as 10.0.0.0/8.");
    }

    private static X509Certificate2? ReadCertificate(LoadedConfiguration configuration, ServerOptions options)
    {
        if (configuration.Resolve(options.Certificate) is not { } file)
        {
            return null;
        }

        try
        {
            return configuration.Resolve(options.CertificateKey) is { } key
                ? X509Certificate2.CreateFromPemFile(file, key)
                : X509CertificateLoader.LoadPkcs12FromFile(file, options.CertificatePassword);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCodes.InvalidConfiguration,
                $"Server:Certificate: {file} cannot be used: {e.Message} It must be a PKCS #12 file (with Server:CertificatePassword where it has one), or a PEM file with Server:CertificateKey.",
                e);
        }
    }

    private static CommandException Wrong(string problem) => new(ExitCodes.InvalidConfiguration, problem);
}
