using System.Net;
using StepFlow.Local.Configuration;
using StepFlow.Local.Failures;
using StepFlow.Service.Access;

namespace StepFlow.Local.Serving;

/// <summary>Who may reach a server.</summary>
internal static class ServerAccess
{
    /// <summary>Most bytes of a request's headers.</summary>
    public const int MaxHeaderBytes = 32 * 1024;

    /// <summary>
    /// The names that a server without access keys answers to: a page of the web whose name leads to the loopback gets
    /// nothing. The prefix is what AWS clients put before a host for synchronous calls.
    /// </summary>
    public static readonly IReadOnlyList<string> LoopbackNames =
        ["localhost", "127.0.0.1", "[::1]", "*.localhost", "sync-localhost", "sync-127.0.0.1", "host.docker.internal"];

    /// <exception cref="CommandException">The address is none, or everybody could reach a server without access keys.</exception>
    public static IPEndPoint ReadEndpoint(ServerOptions options, AccessKeys keys)
    {
        string text = options.Listen.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" : options.Listen;
        if (!IPAddress.TryParse(text, out IPAddress? address))
        {
            throw new CommandException(ExitCodes.InvalidConfiguration, $"Server:Listen: {options.Listen} is no IP address.");
        }

        return IPAddress.IsLoopback(address) || keys.IsRequired
            ? new IPEndPoint(address, options.Port)
            : throw new CommandException(
                ExitCodes.InvalidConfiguration,
                $"Server:Listen: {options.Listen} is reachable from outside, and there are no access keys. Add AccessKeys, or listen on 127.0.0.1.");
    }
}
