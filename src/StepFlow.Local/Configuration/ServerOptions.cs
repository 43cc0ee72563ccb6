using System.ComponentModel.DataAnnotations;

namespace StepFlow.Local.Configuration;

/// <summary>The local server's own settings: the section <c>Server</c> of the configuration file. The command line's options go first.</summary>
internal sealed class ServerOptions
{
    /// <summary>The address to listen on. Default the loopback address. Any other address needs access keys, and a certificate or a trusted proxy.</summary>
    [MinLength(1)]
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>The port, from 0 (a free one) to 65535. Default 7071.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 7071;

    /// <summary>The data folder. Default <c>.stepflow</c>.</summary>
    [MinLength(1)]
    public string Data { get; set; } = ".stepflow";

    /// <summary>Whether every commit waits until the disk has stored it. Default true. With false, a power failure loses the last turns.</summary>
    public bool Synchronous { get; set; } = true;

    /// <summary>Maximum number of tasks at a time, from 1. Default 1000.</summary>
    [Range(1, 100_000)]
    public int MaxConcurrentTasks { get; set; } = 1000;

    /// <summary>Maximum number of client connections at a time, from 1. Default 4096, but at most half of the files that the process can open.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 4096;

    /// <summary>Maximum number of requests at a time, from 1. Long polls and StartSyncExecution count while they wait. Default 10000.</summary>
    [Range(1, 1_000_000)]
    public int MaxRequests { get; set; } = 10_000;

    /// <summary>Maximum bytes of all request bodies at a time, from 1 MiB. Default 256 MiB.</summary>
    [Range(1024 * 1024, long.MaxValue)]
    public long MaxRequestBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>
    /// Maximum number of executions in memory when a request starts another one, from 1. Default 100000. An execution that
    /// waits for a timer or a token is not in memory.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxExecutionsInMemory { get; set; } = 100_000;

    /// <summary>The certificate of HTTPS: a PKCS #12 file, or a PEM file with <see cref="CertificateKey"/>; null for HTTP.</summary>
    public string? Certificate { get; set; }

    /// <summary>The PEM file of the certificate's private key; null where the certificate's file has it.</summary>
    public string? CertificateKey { get; set; }

    /// <summary>The password of the PKCS #12 file; null for none.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of proxies that end TLS and name the caller in <c>X-Forwarded-For</c>.</summary>
    public HashSet<string> TrustedProxies { get; init; } = [];
}
