using System.Collections.Frozen;
using Azure.Core;

namespace StepFlow.Integrations.Aws;

/// <summary>The accounts of AWS by name.</summary>
internal sealed class AwsAccounts(IEnumerable<KeyValuePair<string, AwsAccountOptions>> options, AwsEnvironment environment, IHttpClientFactory http, TokenCredential credential, TimeProvider time)
{
    private readonly FrozenDictionary<string, AwsAccount> _accounts = options.ToFrozenDictionary(
        static pair => pair.Key,
        pair => new AwsAccount(pair.Key, pair.Value, pair.Value.Region ?? environment.Region ?? string.Empty, new(pair.Key, pair.Value, environment, http, credential, time)),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>An account; null where no setting names it.</summary>
    public AwsAccount? Find(string name) => _accounts.GetValueOrDefault(name);
}
