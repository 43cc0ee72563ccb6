namespace StepFlow.Service.Configuration;

/// <summary>Which quotas hold.</summary>
public enum LimitsChoice
{
    /// <summary>None for payloads and histories.</summary>
    None,

    /// <summary>Those of Step Functions.</summary>
    Aws,
}
