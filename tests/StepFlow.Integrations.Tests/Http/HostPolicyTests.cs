using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using StepFlow.Integrations.Http;

namespace StepFlow.Integrations.Tests.Http;

public sealed class HostPolicyTests
{
    /// <summary>The ranges that no public host is in (RFC 6890), each with its first and last address.</summary>
    public static TheoryData<string, string> PrivateRanges { get; } = new()
    {
        { "0.0.0.0", "0.255.255.255" },
        { "10.0.0.0", "10.255.255.255" },
        { "100.64.0.0", "100.127.255.255" },
        { "127.0.0.0", "127.255.255.255" },
        { "168.63.129.16", "168.63.129.16" },
        { "169.254.0.0", "169.254.255.255" },
        { "172.16.0.0", "172.31.255.255" },
        { "192.0.0.0", "192.0.0.255" },
        { "192.0.2.0", "192.0.2.255" },
        { "192.168.0.0", "192.168.255.255" },
        { "198.18.0.0", "198.19.255.255" },
        { "198.51.100.0", "198.51.100.255" },
        { "203.0.113.0", "203.0.113.255" },
        { "224.0.0.0", "255.255.255.255" },
        { "::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
    };

    [Theory]
    [MemberData(nameof(PrivateRanges))]
    public void IsPrivate_ARange_FromItsFirstToItsLastAddressAndNoOther(string first, string last)
    {
        Assert.True(HostPolicy.IsPrivate(IPAddress.Parse(first)), first);
        Assert.True(HostPolicy.IsPrivate(IPAddress.Parse(last)), last);
        if (Neighbour(first, -1) is { } before)
        {
            Assert.False(HostPolicy.IsPrivate(before), $"{before}");
        }

        if (Neighbour(last, 1) is { } after)
        {
            Assert.False(HostPolicy.IsPrivate(after), $"{after}");
        }
    }

    /// <summary>Every address that a range of IPv4 holds is also private where IPv6 carries it, and every neighbour is not.</summary>
    [Theory]
    [MemberData(nameof(PrivateRanges))]
    public void IsPrivate_AnAddressOfIPv4InIPv6_IsThatOfIPv4(string first, string last)
    {
        foreach (IPAddress? address in (IPAddress?[])[IPAddress.Parse(first), IPAddress.Parse(last), Neighbour(first, -1), Neighbour(last, 1)])
        {
            if (address is { AddressFamily: AddressFamily.InterNetwork })
            {
                bool isPrivate = HostPolicy.IsPrivate(address);
                string hex = Convert.ToHexStringLower(address.GetAddressBytes());
                string groups = $"{hex[..4]}:{hex[4..]}";

                Assert.Equal((address, isPrivate), (address, HostPolicy.IsPrivate(address.MapToIPv6())));
                Assert.Equal((address, isPrivate), (address, HostPolicy.IsPrivate(IPAddress.Parse($"64:ff9b::{groups}"))));
                Assert.Equal((address, isPrivate), (address, HostPolicy.IsPrivate(IPAddress.Parse($"2002:{groups}::1"))));
            }
        }
    }

    [Theory]
    [InlineData("8.8.8.8", false)]
    [InlineData("2606:4700::1111", false)]
    [InlineData("2001:4860:4860::8888", false)]
    [InlineData("64:ff9b:1::a00:1", true)]
    [InlineData("64:ff9b::1:808:808", true)]
    [InlineData("::10.0.0.1", true)]
    [InlineData("::8.8.8.8", true)]
    [InlineData("fd00:ec2::254", true)]
    [InlineData("fec0::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("ff02::1", true)]
    [InlineData("::1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("168.254.0.1", false)]
    [InlineData("170.254.0.1", false)]
    [InlineData("99.64.0.1", false)]
    [InlineData("171.16.0.1", false)]
    [InlineData("173.31.0.1", false)]
    [InlineData("191.168.0.1", false)]
    [InlineData("193.168.0.1", false)]
    [InlineData("193.0.0.1", false)]
    [InlineData("192.1.0.1", false)]
    [InlineData("192.1.2.1", false)]
    [InlineData("197.18.0.1", false)]
    [InlineData("199.19.0.1", false)]
    [InlineData("197.51.100.1", false)]
    [InlineData("198.52.100.1", false)]
    [InlineData("202.0.113.1", false)]
    [InlineData("203.1.113.1", false)]
    [InlineData("2101:db8::1", false)]
    [InlineData("2001:1db8::1", false)]
    [InlineData("3001:db8::1", false)]
    [InlineData("2101::1", false)]
    [InlineData("2f01::1", false)]
    [InlineData("3f00::1", false)]
    [InlineData("2fff::1", false)]
    public void IsPrivate_AnAddress_IsDistinguishedFromSimilarOnes(string address, bool expected) =>
        Assert.Equal(expected, HostPolicy.IsPrivate(IPAddress.Parse(address)));

    [Theory]
    [InlineData("[::1]:8080", "::1", 8080, true)]
    [InlineData("[::1]:8080", "::1", 8081, false)]
    [InlineData("[::1]", "[::1]", 1, true)]
    [InlineData("[::1]", "::1", 1, true)]
    [InlineData("[::1]", "::2", 1, false)]
    [InlineData("::1", "::1", 1, true)]
    [InlineData("::1", "[::1]", 1, true)]
    [InlineData("fd00::1:8080", "fd00::1", 8080, false)]
    [InlineData("fd00::1:8080", "fd00::1:8080", 1, true)]
    public void IsNamed_AnAddressOfIPv6_AsListed(string entry, string host, int port, bool named) =>
        Assert.Equal(named, new HostPolicy([entry]).IsNamed(host, port));

    [Theory]
    [InlineData("api.example.com", 443, true, true)]
    [InlineData("API.EXAMPLE.COM", 443, true, true)]
    [InlineData("deep.wild.example.com", 443, true, false)]
    [InlineData("wild.example.com", 443, false, false)]
    [InlineData("evilwild.example.com", 443, false, false)]
    [InlineData("ported.example.com", 8080, true, true)]
    [InlineData("ported.example.com", 443, false, false)]
    [InlineData("other.com", 443, false, false)]
    [InlineData("xapi.example.com", 443, false, false)]
    [InlineData("api.example.com.evil.com", 443, false, false)]
    [InlineData("WILD.deep.Wild.Example.Com", 443, true, false)]
    [InlineData("deep.narrow.example.com", 8443, true, false)]
    [InlineData("deep.narrow.example.com", 443, false, false)]
    [InlineData("odd.example.com", 443, false, false)]
    [InlineData("", 80, false, false)]
    public void Allows_AHost_AsListed(string host, int port, bool allowed, bool named)
    {
        var policy = new HostPolicy(["api.example.com", "*.wild.example.com", "ported.example.com:8080", "*.narrow.example.com:8443", "odd.example.com:https", ":80"]);

        Assert.Equal((allowed, named), (policy.Allows(host, port), policy.IsNamed(host, port)));
    }

    [Fact]
    public void Allows_NothingListed_LetsEveryPublicHostBeCalledAndNamesNone()
    {
        var policy = new HostPolicy([]);

        Assert.True(policy.Allows("example.com", 443));
        Assert.False(policy.IsNamed("example.com", 443));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:{port}")]
    [InlineData("localhost:{port}")]
    public async Task Connect_ToAPrivateHostThatIsNamed_IsMade(string entry)
    {
        await using TestServer server = await TestServer.StartAsync(static context => context.Response.WriteAsync("here"));
        string host = entry.StartsWith('l') ? "localhost" : "127.0.0.1";
        using HttpClient client = Client(entry.Replace("{port}", $"{server.Port}", StringComparison.Ordinal));

        Assert.Equal("here", await client.GetStringAsync(new Uri($"http://{host}:{server.Port}/"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1", "127.0.0.1:1")]
    [InlineData("127.0.0.1", "localhost", "*.0.0.1")]
    [InlineData("localhost", "127.0.0.1")]
    public async Task Connect_ToAPrivateHostThatIsNotNamed_IsRefused(string host, params string[] entries)
    {
        await using TestServer server = await TestServer.StartAsync(static context => context.Response.WriteAsync("here"));
        using HttpClient client = Client(entries);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetStringAsync(new Uri($"http://{host}:{server.Port}/"), TestContext.Current.CancellationToken));

        Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);
        Assert.StartsWith(HttpErrors.PrivateAddress(host), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_WhereNobodyListens_IsReported()
    {
        int port;
        await using (TestServer server = await TestServer.StartAsync(static _ => Task.CompletedTask))
        {
            port = server.Port;
        }

        using HttpClient client = Client("127.0.0.1");
        var failed = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"), TestContext.Current.CancellationToken));

        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(failed.InnerException).SocketErrorCode);
    }

    private static HttpClient Client(params string[] entries) =>
        new(new SocketsHttpHandler { ConnectCallback = new HostPolicy(entries).ConnectAsync, UseProxy = false });

    /// <summary>The address before or after one; null where there is none.</summary>
    private static IPAddress? Neighbour(string address, int step)
    {
        byte[] bytes = IPAddress.Parse(address).GetAddressBytes();
        for (int i = bytes.Length - 1; i >= 0; i--)
        {
            bytes[i] = (byte)(bytes[i] + step);
            if (bytes[i] != (step > 0 ? 0 : 255))
            {
                return new(bytes);
            }
        }

        return null;
    }
}
