namespace StepFlow.Integrations.Aws;

/// <summary>An account of the settings.</summary>
/// <param name="Options">How it is called.</param>
/// <param name="Keys">What requests are signed with.</param>
internal sealed record AwsAccount(string Name, AwsAccountOptions Options, string Region, AwsKeys Keys)
{
    /// <summary>The address of a service.</summary>
    /// <param name="endpoint">The service's part of the host's name.</param>
    public Uri Address(string endpoint, string region) => Options.Endpoint ?? AwsProtocol.Address(endpoint, region);

    /// <summary>Its name: an account's options hold secrets.</summary>
    public override string ToString() => Name;
}
