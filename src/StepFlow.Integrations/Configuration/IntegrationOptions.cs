using StepFlow.Integrations.Aws;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Http;
using StepFlow.Integrations.Identities;
using StepFlow.Integrations.Jobs;
using StepFlow.Integrations.Mail;
using StepFlow.Integrations.Messages;
using StepFlow.Integrations.Processes;
using StepFlow.Integrations.Resources;
using StepFlow.Integrations.Rest;
using StepFlow.Integrations.Secrets;
using StepFlow.Integrations.Sql;
using StepFlow.Integrations.Storage;
using StepFlow.Integrations.Tables;

namespace StepFlow.Integrations.Configuration;

/// <summary>What the Resources of a definition mean here: the configuration section <c>StepFlow</c>. Checked when the host starts.</summary>
public sealed class IntegrationOptions
{
    /// <summary>Where functions are, by name.</summary>
    public IDictionary<string, FunctionOptions> Functions { get; init; } = new Dictionary<string, FunctionOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The programs that functions run.</summary>
    public ProcessOptions Processes { get; init; } = new();

    /// <summary>What Resources call.</summary>
    [FreeForm]
    public ResourceMapOptions Resources { get; init; } = new();

    /// <summary>What jobs run, by name.</summary>
    public IDictionary<string, JobOptions> Jobs { get; init; } = new Dictionary<string, JobOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The Docker engine of jobs that are containers.</summary>
    public DockerOptions Docker { get; init; } = new();

    /// <summary>REST APIs that may be called, by name.</summary>
    public IDictionary<string, RestOptions> Rest { get; init; } = new Dictionary<string, RestOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Accounts of AWS whose services may be called, by name.</summary>
    public IDictionary<string, AwsAccountOptions> Aws { get; init; } = new Dictionary<string, AwsAccountOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whom tasks with <c>Credentials</c> call as, by the names of their roles.</summary>
    public IDictionary<string, IdentityOptions> Identities { get; init; } = new Dictionary<string, IdentityOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Azure itself.</summary>
    public AzureOptions Azure { get; init; } = new();

    /// <summary>Secrets and parameters, by the names that workflows know them by.</summary>
    public IDictionary<string, SecretOptions> Secrets { get; init; } = new Dictionary<string, SecretOptions>(StringComparer.Ordinal);

    /// <summary>What HTTP tasks may reach.</summary>
    public HttpOptions Http { get; init; } = new();

    /// <summary>The storage account of blobs and queues.</summary>
    public StorageOptions Storage { get; init; } = new();

    /// <summary>Blobs.</summary>
    public BlobOptions Blobs { get; init; } = new();

    /// <summary>Queues, topics and event buses.</summary>
    public MessageOptions Messages { get; init; } = new();

    /// <summary>How mail is sent.</summary>
    public MailOptions Mail { get; init; } = new();

    /// <summary>Tables, by name.</summary>
    public IDictionary<string, TableOptions> Tables { get; init; } = new Dictionary<string, TableOptions>(StringComparer.Ordinal);

    /// <summary>Databases that tasks can execute statements in, by name.</summary>
    public IDictionary<string, SqlOptions> Sql { get; init; } = new Dictionary<string, SqlOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The Cosmos DB account of tables.</summary>
    public CosmosOptions Cosmos { get; init; } = new();

    /// <summary>Whether a cause names the missing setting. True by default. With false, causes are exactly those of AWS.</summary>
    public bool ExplainMissing { get; set; } = true;
}
