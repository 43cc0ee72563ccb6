using System.Net;
using System.Net.Sockets;

namespace StepFlow.Integrations.Http;

/// <summary>
/// Decides which hosts may be called. It checks the address to which the connection is made, so a
/// name that resolves to another address the second time cannot avoid the check.
/// </summary>
internal sealed class HostPolicy(IEnumerable<string> allowedHosts)
{
    // The host of virtual machines on Azure. Only they can reach this public address, which has agents and DNS.
    private static readonly IPAddress AzurePlatform = IPAddress.Parse("168.63.129.16");

    private readonly string[] _allowed = [.. allowedHosts];

    /// <summary>Whether the host is named in the settings, not only matched by a wildcard.</summary>
    public bool IsNamed(string host, int port) =>
        _allowed.Any(entry => !entry.StartsWith("*.", StringComparison.Ordinal) && Matches(entry, host, port));

    /// <summary>Whether the host may be called.</summary>
    public bool Allows(string host, int port) => _allowed.Length == 0 || _allowed.Any(entry => Matches(entry, host, port));

    /// <summary>Connects, unless the host is in a private network and is not in the allow list.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        (string host, int port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        if (!IsNamed(host, port) && addresses.FirstOrDefault(IsPrivate) is not null)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, HttpErrors.PrivateAddress(host));
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether an address is not one of the public internet (RFC 6890).</summary>
    public static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (IPAddress.IsLoopback(address))
        {
            return true;
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            byte[] whole = address.GetAddressBytes();
            return Embedded(whole) is { } inner ? IsPrivate(inner) : !IsGlobal(whole);
        }

        byte[] part = address.GetAddressBytes();
        return part[0] is 0 or 10 or 127 or >= 224
            || (part[0] == 100 && part[1] is >= 64 and < 128)
            || (part[0] == 169 && part[1] == 254)
            || (part[0] == 172 && part[1] is >= 16 and < 32)
            || (part[0] == 192 && part[1] == 168)
            || (part[0] == 192 && part[1] == 0 && part[2] is 0 or 2)
            || (part[0] == 198 && part[1] is 18 or 19)
            || (part[0] == 198 && part[1] == 51 && part[2] == 100)
            || (part[0] == 203 && part[1] == 0 && part[2] == 113)
            || address.Equals(AzurePlatform);
    }

    // Of IPv6 only 2000::/3 is public, without the addresses of the IETF (2001::/23, with Teredo) and those for documentation.
    private static bool IsGlobal(byte[] part) =>
        (part[0] & 0xE0) == 0x20
        && !(part[0] == 0x20 && part[1] == 0x01 && (part[2] & 0xFE) == 0)
        && !(part[0] == 0x20 && part[1] == 0x01 && part[2] == 0x0D && part[3] == 0xB8)
        && !(part[0] == 0x3F && part[1] == 0xFF && (part[2] & 0xF0) == 0);

    // The IPv4 address that a translator would reach: 64:ff9b::/96 (RFC 6052) and 2002::/16 (RFC 3056) contain one.
    private static IPAddress? Embedded(byte[] part) =>
        part.AsSpan(0, 12).SequenceEqual((ReadOnlySpan<byte>)[0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) ? new IPAddress(part.AsSpan(12, 4))
        : part[0] == 0x20 && part[1] == 0x02 ? new IPAddress(part.AsSpan(2, 4))
        : null;

    private static bool Matches(string entry, string host, int port)
    {
        // An IPv6 address with a port is in brackets.
        int bracket = entry.LastIndexOf(']');
        int colon = entry.IndexOf(':', Math.Max(bracket, 0));
        string name = bracket < 0 ? entry : entry[1..bracket];
        if (colon > 0 && entry.IndexOf(':', colon + 1) < 0 && int.TryParse(entry.AsSpan(colon + 1), out int listed))
        {
            if (listed != port)
            {
                return false;
            }

            name = bracket < 0 ? entry[..colon] : name;
        }

        return name.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(name[1..], StringComparison.OrdinalIgnoreCase)
            : string.Equals(name, host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
    }
}
