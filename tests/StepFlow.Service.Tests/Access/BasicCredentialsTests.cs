using System.Text;
using Microsoft.AspNetCore.Http;
using StepFlow.Service.Access;

namespace StepFlow.Service.Tests.Access;

/// <summary>Credentials sent as they are (RFC 7617): read with care, and held against the keys whole.</summary>
public sealed class BasicCredentialsTests
{
    private static readonly AccessKeys Keys = new([new() { Id = "id", Secret = "a:b" }, new() { Id = "empty", Secret = string.Empty }]);

    [Theory]
    [InlineData("id:secret", "id", "secret")]
    [InlineData("id:a:b", "id", "a:b")]
    [InlineData("id:", "id", "")]
    [InlineData("id", "id", "")]
    [InlineData(":secret", "", "secret")]
    [InlineData("ä:ö", "ä", "ö")]
    public void Read_Credentials_AreSplitAtTheFirstColon(string sent, string id, string secret)
    {
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(sent));

        Assert.Equal((id, secret), Parts(Read("Basic " + encoded)));
        Assert.Equal((id, secret), Parts(Read("basic  " + encoded + " ")));
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Bearer aWQ6c2VjcmV0")]
    [InlineData("AWS4-HMAC-SHA256 Credential=x")]
    [InlineData("")]
    public void Read_AnotherScheme_IsNone(string header) => Assert.Null(Read(header));

    [Theory]
    [InlineData("Basic !")]
    [InlineData("Basic id:secret")]
    [InlineData("Basic ")]
    public void Read_NoBase64_IsNobody(string header) => Assert.Equal((string.Empty, string.Empty), Parts(Read(header)));

    [Theory]
    [InlineData("id", "a:b", true)]
    [InlineData("id", "a:c", false)]
    [InlineData("id", "a:b ", false)]
    [InlineData("id", "a:", false)]
    [InlineData("id", "", false)]
    [InlineData("ID", "a:b", false)]
    [InlineData("", "a:b", false)]
    [InlineData("", "", false)]
    [InlineData("empty", "", true)]
    public void Check_Credentials_AreCompleteOrAbsent(string id, string secret, bool letIn)
    {
        AccessDecision decision = new BasicCredentials(id, secret).Check(Keys);

        Assert.Equal(letIn ? id : null, decision.Caller?.Name);
        Assert.Equal(letIn ? null : AccessErrors.UnknownKey, decision.Refusal);
    }

    [Fact]
    public void Check_WithoutKeys_LetsEveryoneIn() => Assert.Equal(default, new BasicCredentials("any", "thing").Check(AccessKeys.None));

    private static BasicCredentials? Read(string header)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = header;
        return BasicCredentials.Read(context.Request);
    }

    private static (string Id, string Secret) Parts(BasicCredentials? credentials) => (credentials!.Id, credentials.Secret);
}
