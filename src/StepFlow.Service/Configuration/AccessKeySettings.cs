using System.ComponentModel.DataAnnotations;
using StepFlow.Service.Access;

namespace StepFlow.Service.Configuration;

/// <summary>An access key, under its id.</summary>
public sealed class AccessKeySettings
{
    /// <summary>The secret. Required.</summary>
    [Required]
    public string? Secret { get; set; }

    /// <summary>What it may do. Default everything.</summary>
    public AccessLevel Level { get; set; } = AccessLevel.Admin;

    /// <summary>Further operations it may call, by name.</summary>
    public HashSet<string> Operations { get; init; } = [];
}
