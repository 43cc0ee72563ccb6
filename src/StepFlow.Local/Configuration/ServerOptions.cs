using System.ComponentModel.DataAnnotations;

namespace StepFlow.Local.Configuration;

/// <summary>The local server's own settings: the section <c>Server</c> of the configuration file. The command line's options go first.</summary>
internal sealed class ServerOptions
{
    /// <summary>The address to listen on. Default the loopback; any other needs access keys, and a certificate or a trusted proxy.</summary>
    [MinLength(1)]
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>The port, from 0 (a free one) to 65535. Default 7071.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 7071;

    /// <summary>The data folder. Default <c>.stepflow</c>.</summary>
    [MinLength(1)]
    public string Data { get; set; } = ".stepflow";

    /// <summary>Whether the disk has every commit before it counts. Default true; without it a power cut loses the last turns.</summary>
    public bool Synchronous { get; set; } = true;

    /// <summary>Most tasks that run at a time, from 1. Default 1000.</summary>
    [Range(1, 100_000)]
    public int MaxConcurrentTasks { get; set; } = 1000;
}
