namespace StepFlow.Service.Arns;

/// <summary>Makes the ARNs of one account in one region.</summary>
/// <param name="options">The region and the account.</param>
internal sealed class ArnFormat(ServiceOptions options)
{
    private readonly string _prefix = $"arn:aws:states:{options.Region}:{options.Account}:";

    public string Region { get; } = options.Region;

    public string Account { get; } = options.Account;

    public string StateMachine(string name) => $"{_prefix}stateMachine:{name}";

    public string Version(string name, long version) => $"{_prefix}stateMachine:{name}:{version}";

    public string Alias(string name, string alias) => $"{_prefix}stateMachine:{name}:{alias}";

    public string Activity(string name) => $"{_prefix}activity:{name}";

    public string Execution(string machineName, string name) => $"{_prefix}execution:{machineName}:{name}";

    public string Express(string machineName, string name, string id) => $"{_prefix}express:{machineName}:{name}:{id}";
}
