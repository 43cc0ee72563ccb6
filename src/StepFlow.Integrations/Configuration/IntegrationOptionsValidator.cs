using System.Net;
using Microsoft.Extensions.Options;
using StepFlow.Integrations.Aws;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Http;
using StepFlow.Integrations.Identities;
using StepFlow.Integrations.Jobs;
using StepFlow.Integrations.Mail;
using StepFlow.Integrations.Rest;
using StepFlow.Integrations.Secrets;
using StepFlow.Integrations.Sql;
using StepFlow.Integrations.Storage;
using StepFlow.Integrations.Tables;
using StepFlow.Integrations.Resources;

namespace StepFlow.Integrations.Configuration;

/// <summary>Validates the settings when the host starts, and reports all problems together.</summary>
internal sealed class IntegrationOptionsValidator(AwsEnvironment environment) : IValidateOptions<IntegrationOptions>
{
    private const int MaxBytes = 100 * 1024 * 1024;
    private const long LeastItemBytes = 1024 * 1024;
    private const long LargestItemBytes = 64L * 1024 * 1024 * 1024;
    private const long LeastProcessBytes = 64L * 1024 * 1024;
    private const long MaxProcessBytes = 64L * 1024 * 1024 * 1024 * 1024;
    private const long MaxFunctionBytes = 1024L * 1024 * 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, IntegrationOptions options)
    {
        string[] problems =
        [
            .. options.Functions.SelectMany(pair => Check(pair.Key, pair.Value).Concat(CheckJob(pair.Key, pair.Value, options))),
            .. options.Resources.Entries.SelectMany(static entry => Check(entry)),
            .. options.Jobs.SelectMany(static pair => Check(pair.Key, pair.Value)),
            .. options.Rest.SelectMany(pair => Check(pair.Key, pair.Value, options.Http)),
            .. options.Identities.SelectMany(pair => Check(pair.Key, pair.Value, options)),
            .. options.Aws.SelectMany(pair => Check(pair.Key, pair.Value)),
            .. options.Docker.Endpoint is not { } docker || docker.Scheme is "unix" or "npipe" || IsSafe(docker) ? [] : new[] { Problem("Docker:Endpoint", "must be a unix: or npipe: address, an https URL, or an http URL of this machine") },
            .. IsSafe(options.Azure.ManagementUrl) ? [] : new[] { Problem("Azure:ManagementUrl", "must be an https URL, or an http URL of this machine") },
            .. options.Secrets.SelectMany(static pair => Check(pair.Key, pair.Value)),
            .. Check(options.Http),
            .. Check("Storage", options.Storage),
            .. Check(options.Mail, options),
            .. Range("Processes:MemoryBytes", options.Processes.MemoryBytes ?? LeastProcessBytes, LeastProcessBytes, MaxProcessBytes),
            .. Range("Blobs:MaxReadBytes", options.Blobs.MaxReadBytes, 1, MaxBytes),
            .. Range("Blobs:MaxItemBytes", options.Blobs.MaxItemBytes, LeastItemBytes, LargestItemBytes),
            .. options.Tables.SelectMany(static pair => Check(pair.Key, pair.Value)),
            .. options.Sql.SelectMany(pair => Check(pair.Key, pair.Value, options.Secrets)),
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Check(string name, FunctionOptions function)
    {
        string setting = $"Functions:{name}";
        int targets = (function.Url is null ? 0 : 1) + (function.Command is null ? 0 : 1) + (function.Handler is null ? 0 : 1) + (function.File is null ? 0 : 1) + (function.Job is null ? 0 : 1);
        if (targets != 1)
        {
            yield return Problem(setting, "must have exactly one of Url, Command, File, Handler and Job");
        }

        if (function.Url is { } url && !IsHttp(url))
        {
            yield return Problem(setting + ":Url", "must be an absolute http or https URL");
        }

        if (function.File is { } file && !HandlerFile.IsKnown(file))
        {
            yield return Problem(setting + ":File", $"must end in one of {string.Join(", ", HandlerFile.Extensions)}");
        }

        foreach (string problem in Range(setting + ":TimeoutSeconds", function.TimeoutSeconds, 1, 86_400)
            .Concat(Range(setting + ":MemoryBytes", function.MemoryBytes, 0, MaxFunctionBytes))
            .Concat(Range(setting + ":MaxResponseBytes", function.MaxResponseBytes, 1, MaxBytes)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> CheckJob(string name, FunctionOptions function, IntegrationOptions options)
    {
        if (function.Job is not { } job)
        {
            yield break;
        }

        if (!options.Jobs.TryGetValue(job, out JobOptions? found))
        {
            yield return Problem($"Functions:{name}:Job", $"names a job that does not exist: add 'Jobs:{job}:Command', ':Image' or ':ContainerAppsJob'");
        }
        else if (string.IsNullOrEmpty(found.Command) && !options.Storage.IsConfigured)
        {
            yield return Problem($"Functions:{name}:Job", "needs a storage account for the results of a job on another machine: add 'Storage:AccountName'");
        }
    }

    private static IEnumerable<string> Check(ResourceEntry entry)
    {
        string setting = $"Resources:{entry.Pattern}";
        if (entry.Targets != 1 || entry.Unknown.Count > 0)
        {
            yield return Problem(setting, "must have exactly one of Function, Url, Command (with Arguments), Job, Rest, Aws and Mock" + (entry.Unknown.Count > 0 ? $"; unknown is {string.Join(", ", entry.Unknown)}" : string.Empty));
        }

        if (entry.Url is { } url && (!Uri.TryCreate(ResourceParts.Example.Fill(url, Uri.EscapeDataString), UriKind.Absolute, out Uri? address) || !IsHttp(address)))
        {
            yield return Problem(setting + ":Url", "must be an absolute http or https URL");
        }
    }

    private static IEnumerable<string> Check(string name, JobOptions job)
    {
        string setting = $"Jobs:{name}";
        if (new[] { job.Command, job.Image, job.ContainerAppsJob }.Count(static target => !string.IsNullOrEmpty(target)) != 1)
        {
            yield return Problem(setting, "must have exactly one of Command, Image and ContainerAppsJob");
        }

        if (job.ContainerAppsJob is { Length: > 0 } id && !ContainerAppsJob.IsResourceId(id))
        {
            yield return Problem(setting + ":ContainerAppsJob", "must be a resource id such as /subscriptions/…/resourceGroups/…/providers/Microsoft.App/jobs/NAME");
        }
    }

    private static IEnumerable<string> Check(string name, RestOptions rest, HttpOptions http)
    {
        string setting = $"Rest:{name}";
        if (!Uri.TryCreate(ResourceParts.Example.Fill(rest.Url ?? string.Empty, Uri.EscapeDataString), UriKind.Absolute, out Uri? url) || !IsSafe(url))
        {
            yield return Problem(setting + ":Url", "must be an https URL, or an http URL of this machine");
        }

        if (rest.Connection is { } connection && !http.Connections.ContainsKey(connection))
        {
            yield return Problem(setting + ":Connection", $"names a connection that does not exist: add 'Http:Connections:{connection}:Authorization'");
        }
    }

    private static IEnumerable<string> Check(string name, IdentityOptions identity, IntegrationOptions options)
    {
        if (identity.Connection is { } connection && !options.Http.Connections.ContainsKey(connection))
        {
            yield return Problem($"Identities:{name}:Connection", $"names a connection that does not exist: add 'Http:Connections:{connection}:Authorization'");
        }

        if (identity.Aws is { } account && !options.Aws.ContainsKey(account))
        {
            yield return Problem($"Identities:{name}:Aws", $"names an account that does not exist: add 'Aws:{account}:Region'");
        }

        foreach (string problem in Check($"Identities:{name}:Storage", identity.Storage))
        {
            yield return problem;
        }
    }

    private IEnumerable<string> Check(string name, AwsAccountOptions account)
    {
        string setting = $"Aws:{name}";
        if (account.Region is null && environment.Region is null)
        {
            yield return Problem(setting + ":Region", "is required, as the variable AWS_REGION is not set");
        }

        if (account.AccessKeyId is null != account.SecretAccessKey is null)
        {
            yield return Problem(setting, "must have both AccessKeyId and SecretAccessKey, or neither");
        }

        if (account.RoleArn is not null && account.AccessKeyId is not null)
        {
            yield return Problem(setting, "must have RoleArn or AccessKeyId, not both");
        }

        if (account.Endpoint is { } endpoint && !IsSafe(endpoint))
        {
            yield return Problem(setting + ":Endpoint", "must be an https URL, or an http URL of this machine");
        }
    }

    // What authorises a request is not sent in the open.
    private static bool IsSafe(Uri url) => url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    private static IEnumerable<string> Check(string name, SecretOptions secret)
    {
        if (secret.Value is null == secret.KeyVaultUrl is null)
        {
            yield return Problem($"Secrets:{name}", "must have exactly one of Value and KeyVaultUrl");
        }

        if (secret.KeyVaultUrl is { } url && (!IsSafe(url) || !url.AbsolutePath.StartsWith("/secrets/", StringComparison.Ordinal)))
        {
            yield return Problem($"Secrets:{name}:KeyVaultUrl", "must be the URL of a secret such as https://VAULT.vault.azure.net/secrets/NAME");
        }
    }

    private static IEnumerable<string> Check(HttpOptions http)
    {
        foreach (string problem in Range("Http:TimeoutSeconds", http.TimeoutSeconds, 1, 3600).Concat(Range("Http:MaxResponseBytes", http.MaxResponseBytes, 1, MaxBytes)))
        {
            yield return problem;
        }

        foreach ((string name, HttpConnectionOptions connection) in http.Connections)
        {
            string? missing = connection.Authorization switch
            {
                HttpAuthorization.Basic when connection.UserName is null || connection.Password is null => "UserName and Password",
                HttpAuthorization.ApiKey when connection.ApiKeyName is null || connection.ApiKeyValue is null => "ApiKeyName and ApiKeyValue",
                HttpAuthorization.OAuthClientCredentials when connection.TokenEndpoint is null || connection.ClientId is null || connection.ClientSecret is null => "TokenEndpoint, ClientId and ClientSecret",
                HttpAuthorization.ManagedIdentity when connection.Scope is null => "Scope",
                _ => null,
            };
            if (missing is not null)
            {
                yield return Problem($"Http:Connections:{name}", $"needs {missing} for {connection.Authorization}");
            }
        }
    }

    private static IEnumerable<string> Check(MailOptions mail, IntegrationOptions options)
    {
        if (mail.SmtpHost is not null && mail.Rest is not null)
        {
            yield return Problem("Mail", "must have SmtpHost or Rest, not both");
        }

        if (mail.Rest is { } target && !options.Rest.ContainsKey(target))
        {
            yield return Problem("Mail:Rest", $"names a REST target that does not exist: add 'Rest:{target}:Url'");
        }

        // Mail without TLS is only sent to this machine.
        if (mail is { SmtpTls: false, SmtpHost: { } host } && host != "localhost" && !(IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address)))
        {
            yield return Problem("Mail:SmtpTls", "may be false only for a server of this machine");
        }
    }

    private static IEnumerable<string> Check(string setting, StorageOptions storage)
    {
        if (storage.ConnectionString is not null && storage.AccountName is not null)
        {
            yield return Problem(setting, "must have ConnectionString or AccountName, not both");
        }

        if (storage is { ConnectionString: null, AccountName: null } && storage.BlobEndpoint is null != storage.QueueEndpoint is null)
        {
            yield return Problem(setting, "must have AccountName, or both BlobEndpoint and QueueEndpoint");
        }
    }

    private static IEnumerable<string> Check(string name, TableOptions table)
    {
        if (string.IsNullOrEmpty(table.PartitionKey))
        {
            yield return Problem($"Tables:{name}:PartitionKey", "is required");
        }

        foreach ((string index, _) in table.Indexes.Where(static index => string.IsNullOrEmpty(index.Value.PartitionKey)))
        {
            yield return Problem($"Tables:{name}:Indexes:{index}:PartitionKey", "is required");
        }
    }

    private static IEnumerable<string> Check(string name, SqlOptions sql, IDictionary<string, SecretOptions> secrets) => SqlOptionsCheck.Problems(sql, secrets.ContainsKey)
        .Select(found => Problem($"Sql:{name}{found.Setting}", found.Problem))
        .Concat(Range($"Sql:{name}:TimeoutSeconds", sql.TimeoutSeconds, 1, 3600))
        .Concat(Range($"Sql:{name}:MaxResponseBytes", sql.MaxResponseBytes, 1, MaxBytes));

    private static IEnumerable<string> Range(string setting, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            yield return Problem(setting, $"must be from {least} to {most}, but is {value}");
        }
    }

    private static bool IsHttp(Uri url) => url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp);

    private static string Problem(string setting, string problem) => $"The setting '{TaskErrors.Section}:{setting}' {problem}.";
}
