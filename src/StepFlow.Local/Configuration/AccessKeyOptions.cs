using StepFlow.Service.Access;

namespace StepFlow.Local.Configuration;

/// <summary>An access key, under its id.</summary>
internal sealed class AccessKeyOptions
{
    /// <summary>The secret. Required.</summary>
    public string? Secret { get; set; }

    /// <summary>What it may do. Default everything.</summary>
    public AccessLevel Level { get; set; } = AccessLevel.Admin;

    /// <summary>Further operations it may call, by name.</summary>
    public HashSet<string> Operations { get; init; } = [];
}
