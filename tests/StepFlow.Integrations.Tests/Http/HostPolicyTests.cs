using System.Net;
using StepFlow.Integrations.Http;

namespace StepFlow.Integrations.Tests.Http;

public sealed class HostPolicyTests
{
    [Theory]
    [InlineData("8.8.8.8", false)]
    [InlineData("2606:4700::1111", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.15.255.255", false)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("168.63.129.16", true)]
    [InlineData("168.63.129.17", false)]
    [InlineData("::ffff:168.63.129.16", true)]
    [InlineData("::ffff:172.31.0.1", true)]
    [InlineData("::10.0.0.1", true)]
    [InlineData("198.51.100.1", true)]
    [InlineData("203.0.113.1", true)]
    [InlineData("240.0.0.1", true)]
    [InlineData("2001::1", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("2001:4860:4860::8888", false)]
    [InlineData("64:ff9b:1::a00:1", true)]
    [InlineData("64:ff9b::a83f:8110", true)]
    [InlineData("fd00:ec2::254", true)]
    [InlineData("fec0::1", true)]
    [InlineData("ff02::1", true)]
    [InlineData("4000::1", true)]
    [InlineData("192.168.1.1", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("::1", true)]
    [InlineData("::", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("64:ff9b::a00:1", true)]
    [InlineData("64:ff9b::808:808", false)]
    [InlineData("2002:7f00:1::", true)]
    public void IsPrivate_AnAddress_IsTold(string address, bool expected) => Assert.Equal(expected, HostPolicy.IsPrivate(IPAddress.Parse(address)));

    [Theory]
    [InlineData("[::1]:8080", "::1", 8080, true)]
    [InlineData("[::1]:8080", "::1", 8081, false)]
    [InlineData("[::1]", "[::1]", 1, true)]
    [InlineData("::1", "::1", 1, true)]
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
    public void Allows_AHost_AsListed(string host, int port, bool allowed, bool named)
    {
        var policy = new HostPolicy(["api.example.com", "*.wild.example.com", "ported.example.com:8080"]);

        Assert.Equal((allowed, named), (policy.Allows(host, port), policy.IsNamed(host, port)));
    }
}
