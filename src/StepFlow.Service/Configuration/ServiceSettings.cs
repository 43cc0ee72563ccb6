using System.ComponentModel.DataAnnotations;
using StepFlow.Language.Catalogue;
using StepFlow.Service.Access;

namespace StepFlow.Service.Configuration;

/// <summary>The settings of the service that every host has, at the top of the section <c>StepFlow</c>.</summary>
public sealed class ServiceSettings
{
    /// <summary>The region in ARNs.</summary>
    [RegularExpression("^[a-z0-9-]{1,32}$", ErrorMessage = "must be 1 to 32 lower-case letters, digits and hyphens")]
    public string Region { get; set; } = "us-east-1";

    /// <summary>The account in ARNs: twelve digits.</summary>
    [RegularExpression("^[0-9]{12}$", ErrorMessage = "must be twelve digits")]
    public string Account { get; set; } = "123456789012";

    /// <summary>The quotas. Default none.</summary>
    public LimitsChoice Limits { get; set; }

    /// <summary>Days for which ended executions are stored, from 0 to 36500. 0 means forever. Default 90, as in Step Functions.</summary>
    [Range(0, 36_500)]
    public int RetentionDays { get; set; } = 90;

    /// <summary>A mock configuration file of Step Functions Local; null for none.</summary>
    public string? MockConfigurationFile { get; set; }

    /// <summary>Access keys by their ids.</summary>
    public IDictionary<string, AccessKeySettings> AccessKeys { get; init; } = new Dictionary<string, AccessKeySettings>(StringComparer.Ordinal);

    /// <summary>Who else may call the service: those who sign in.</summary>
    public SignInSettings SignIn { get; init; } = new();

    /// <summary>How long executions are stored after they have ended; null for no limit.</summary>
    public TimeSpan? Retention => RetentionDays == 0 ? null : TimeSpan.FromDays(RetentionDays);

    /// <summary>The quotas of a choice.</summary>
    public static Language.Evaluation.Limits QuotasOf(LimitsChoice choice) =>
        choice == LimitsChoice.Aws ? Language.Evaluation.Limits.Aws : Language.Evaluation.Limits.None;

    /// <summary>The service's options.</summary>
    /// <param name="integrations">The integrations that Resources of new state machines may name.</param>
    public ServiceOptions ToOptions(IntegrationCatalogue integrations) => new()
    {
        Integrations = integrations,
        Region = Region,
        Account = Account,
        Limits = QuotasOf(Limits),
        MockConfigurationFile = MockConfigurationFile,
    };

    /// <summary>How people and apps sign in; null where no issuer is set.</summary>
    /// <param name="platformAuthenticates">Whether the platform's own authentication is on.</param>
    /// <exception cref="InvalidOperationException">The settings contradict each other, or trust a header that anybody may send.</exception>
    public SignIn? ToSignIn(bool platformAuthenticates)
    {
        string? problem = SignIn switch
        {
            { Issuer: null, Audience: null, AppService: false } => null,
            { Issuer: null } => "SignIn:Issuer is not set, but other settings of SignIn are.",
            { Audience: null } => "SignIn:Audience is not set. Set it to the client id of the app registration. Otherwise tokens for other apps would be accepted.",
            { Issuer: { IsLoopback: false } issuer } when issuer.Scheme != Uri.UriSchemeHttps => "SignIn:Issuer must be an https URL.",
            { AppService: true } when !platformAuthenticates => "SignIn:AppService is true, but App Service authentication is off (WEBSITE_AUTH_ENABLED): callers could forge the header that names them.",
            _ => null,
        };
        if (problem is not null)
        {
            throw new InvalidOperationException(problem);
        }

        return SignIn.Issuer is null ? null : new(
            SignIn.Issuer,
            SignIn.Audience!,
            new Dictionary<string, CallerRole>(StringComparer.Ordinal)
            {
                [SignIn.ReaderRole] = CallerRole.Reader,
                [SignIn.OperatorRole] = CallerRole.Operator,
                [SignIn.AuthorRole] = CallerRole.Author,
            },
            SignIn.AppService);
    }

    /// <summary>The access keys.</summary>
    /// <exception cref="InvalidOperationException">A key has no secret.</exception>
    public AccessKeys ToAccessKeys() => new(AccessKeys.Select(static pair => new AccessKey
    {
        Id = pair.Key,
        Secret = string.IsNullOrWhiteSpace(pair.Value.Secret)
            ? throw new InvalidOperationException($"The access key {pair.Key} has no secret.")
            : pair.Value.Secret,
        Level = pair.Value.Level,
        Operations = pair.Value.Operations,
    }));
}
