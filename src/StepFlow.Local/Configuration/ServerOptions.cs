using System.ComponentModel.DataAnnotations;

namespace StepFlow.Local.Configuration;

/// <summary>The server's own settings: the section <c>Server</c> of the configuration file. The command line's options go first.</summary>
internal sealed class ServerOptions
{
    /// <summary>The address to listen on. Default the loopback; any other needs access keys.</summary>
    [Required]
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>The port, from 0 (a free one) to 65535. Default 7071.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 7071;

    /// <summary>The data folder. Default <c>.stepflow</c>.</summary>
    [Required]
    public string Data { get; set; } = ".stepflow";

    /// <summary>Whether the disk has every commit before it counts. Default true; without it a power cut loses the last turns.</summary>
    public bool Synchronous { get; set; } = true;

    /// <summary>Most tasks that run at a time, from 1. Default 1000.</summary>
    [Range(1, 100_000)]
    public int MaxConcurrentTasks { get; set; } = 1000;

    /// <summary>Days that executions are kept after they ended, from 0 (for ever). Default 90.</summary>
    [Range(0, 36_500)]
    public int RetentionDays { get; set; } = 90;

    /// <summary>The quotas: <c>None</c> or <c>Aws</c>. Default <c>None</c>.</summary>
    [RegularExpression("(?i)^(None|Aws)$", ErrorMessage = "The setting 'Server:Limits' must be None or Aws.")]
    public string Limits { get; set; } = "None";

    /// <summary>The region in ARNs.</summary>
    [Required]
    public string Region { get; set; } = "us-east-1";

    /// <summary>The account in ARNs: twelve digits.</summary>
    [RegularExpression("^[0-9]{12}$", ErrorMessage = "The setting 'Server:Account' must be twelve digits.")]
    public string Account { get; set; } = "123456789012";

    /// <summary>A mock configuration file of Step Functions Local; null for none.</summary>
    public string? MockConfigurationFile { get; set; }

    /// <summary>Access keys by their ids. Without any, everybody who reaches the server may do everything.</summary>
    public Dictionary<string, AccessKeyOptions> AccessKeys { get; init; } = [];
}
