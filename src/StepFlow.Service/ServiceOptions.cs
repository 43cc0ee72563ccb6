using StepFlow.Language.Catalogue;
using StepFlow.Language.Evaluation;

namespace StepFlow.Service;

/// <summary>The settings of the service.</summary>
public sealed class ServiceOptions
{
    /// <summary>Most versions of a state machine under <see cref="Language.Evaluation.Limits.Aws"/>.</summary>
    internal const int MaxVersions = 1000;

    /// <summary>Most aliases of a state machine under <see cref="Language.Evaluation.Limits.Aws"/>.</summary>
    internal const int MaxAliases = 100;

    /// <summary>Most tags of a resource.</summary>
    internal const int MaxTags = 50;

    /// <summary>The region in ARNs. Default <c>us-east-1</c>.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>The account in ARNs: twelve digits. Default 123456789012.</summary>
    public string Account { get; set; } = "123456789012";

    /// <summary>The quotas in force. Default none.</summary>
    public Limits Limits { get; set; } = Limits.None;

    /// <summary>The integrations that Resources of new state machines may name. Default: those of Step Functions. A host adds its own.</summary>
    public IntegrationCatalogue Integrations { get; set; } = IntegrationCatalogue.Aws;

    /// <summary>How long GetActivityTask waits for a task, from 0 to 10 minutes. Default 60 s.</summary>
    public TimeSpan ActivityPoll { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A mock configuration file of Step Functions Local; null for none.</summary>
    public string? MockConfigurationFile { get; set; }
}
