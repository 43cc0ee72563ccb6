using System.ComponentModel.DataAnnotations;
using StepFlow.Service.Access;

namespace StepFlow.Service.Configuration;

/// <summary>An access key, under its id.</summary>
public sealed class AccessKeySettings
{
    /// <summary>The secret. Required.</summary>
    [Required]
    public string? Secret { get; set; }

    /// <summary>What the key allows. Default everything.</summary>
    public AccessLevel Level { get; set; } = AccessLevel.Admin;

    /// <summary>The names of further operations that the key allows.</summary>
    public HashSet<string> Operations { get; init; } = [];
}
