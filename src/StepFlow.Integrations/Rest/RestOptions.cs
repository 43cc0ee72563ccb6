using System.ComponentModel.DataAnnotations;

namespace StepFlow.Integrations.Rest;

/// <summary>
/// A REST API that workflows may call: by <c>azure:rest:call</c> at this address and below it, and where the map of
/// Resources names it. Settings: <c>StepFlow:Rest:NAME:…</c>.
/// </summary>
public sealed class RestOptions
{
    /// <summary>The URL: https, or http on this machine. It can contain <c>{service}</c>, <c>{action}</c> and the other parts of a mapped Resource.</summary>
    [Required]
    public string? Url { get; set; }

    /// <summary>The method of a mapped Resource's call, by default POST.</summary>
    public string Method { get; set; } = "POST";

    /// <summary>The connection of the setting <c>Http:Connections</c> that authorises the calls; null for none.</summary>
    public string? Connection { get; set; }

    /// <summary>Maximum seconds of one request, from 1 to 3600, by default 60. An operation can take longer, because it is polled.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 60;

    /// <summary>Maximum bytes of a response, from 1 to 100 MiB, by default 6 MiB.</summary>
    [Range(1, 100 * 1024 * 1024)]
    public int MaxResponseBytes { get; set; } = 6 * 1024 * 1024;

    /// <summary>Seconds between two polls of an operation, if the service does not set them: from 1 to 3600, by default 10.</summary>
    [Range(1, 3600)]
    public int PollSeconds { get; set; } = 10;

    /// <summary>How an operation is cancelled when its task is stopped or times out. By default it is not cancelled.</summary>
    public RestCancel Cancel { get; set; }
}

/// <summary>How an operation of a REST API is cancelled.</summary>
public enum RestCancel
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>DELETE of the operation's own address.</summary>
    Delete,

    /// <summary>POST to the request's address with <c>/cancel</c> behind it, as Azure Resource Manager has it for deployments.</summary>
    Post,
}
