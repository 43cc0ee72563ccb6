using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace StepFlow.Service.Tests.Access;

/// <summary>An OpenID Connect issuer on a free port of the loopback, with a key of its own.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly RSA _key = RSA.Create(2048);

    private TestIssuer(WebApplication application) => _application = application;

    /// <summary>Where it is.</summary>
    public Uri Address { get; private set; } = null!;

    public static async Task<TestIssuer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication application = builder.Build();
        var issuer = new TestIssuer(application);
        application.MapGet("/tenant/.well-known/openid-configuration", context => context.Response.WriteAsync(
            $$"""{"issuer":"{{issuer.Address}}","jwks_uri":"{{issuer.Address}}/keys","response_types_supported":["id_token"],"subject_types_supported":["pairwise"],"id_token_signing_alg_values_supported":["RS256"]}"""));
        application.MapGet("/tenant/keys", context =>
        {
            RSAParameters key = issuer._key.ExportParameters(false);
            return context.Response.WriteAsync(
                $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"one","n":"{{Base64UrlEncoder.Encode(key.Modulus)}}","e":"{{Base64UrlEncoder.Encode(key.Exponent)}}"}]}""");
        });
        await application.StartAsync(TestContext.Current.CancellationToken);
        issuer.Address = new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/tenant");
        return issuer;
    }

    /// <summary>A token.</summary>
    /// <param name="role">The role in it; null for none.</param>
    /// <param name="audience">Whom it is for.</param>
    /// <param name="issuer">Who issued it; null for this one.</param>
    /// <param name="minutes">How long it is valid yet; negative where it was.</param>
    /// <param name="isForged">Whether another key signs it.</param>
    public string Token(string? role, string audience = "app", string? issuer = null, int minutes = 30, bool isForged = false)
    {
        using var other = RSA.Create(2048);
        DateTime until = DateTime.UtcNow.AddMinutes(minutes);
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Address.OriginalString,
            Audience = audience,
            NotBefore = until.AddHours(-1),
            IssuedAt = until.AddHours(-1),
            Expires = until,
            Subject = new ClaimsIdentity([new("preferred_username", "jane@example.com"), .. role is null ? Array.Empty<Claim>() : [new("roles", role)]]),
            SigningCredentials = new(new RsaSecurityKey((isForged ? other : _key).ExportParameters(true)) { KeyId = "one" }, SecurityAlgorithms.RsaSha256),
        };
        return new JsonWebTokenHandler().CreateToken(descriptor);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _key.Dispose();
    }
}
