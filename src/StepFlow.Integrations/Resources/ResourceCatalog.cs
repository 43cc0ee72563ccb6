using StepFlow.Integrations.Aws;
using StepFlow.Integrations.CosmosDb;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Jobs;
using StepFlow.Integrations.Mail;
using StepFlow.Integrations.Rest;
using StepFlow.Integrations.Sql;
using StepFlow.Language;

namespace StepFlow.Integrations.Resources;

/// <summary>Describes what a Resource calls on this host, and which setting is missing if it calls nothing.</summary>
public sealed class ResourceCatalog
{
    private static readonly string[] OfStorage = ["aws-sdk:s3", "azure:blob", "sqs", "aws-sdk:sqs", "azure:queue", "sns", "aws-sdk:sns", "s3"];
    private static readonly string[] OfTables = ["dynamodb", "aws-sdk:dynamodb", "azure:table"];

    private readonly ResourceMap _map;
    private readonly FunctionCatalog _functions;
    private readonly JobCatalog _jobs;
    private readonly RestTargets _rest;
    private readonly AwsAccounts _accounts;
    private readonly SqlDatabases _databases;
    private readonly CosmosAccounts _cosmos;
    private readonly bool _hasStorage;
    private readonly bool _hasMail;
    private readonly IReadOnlyCollection<string> _tables;
    private readonly TaskRouter _router;

    /// <param name="map">The map of Resources.</param>
    /// <param name="functions">The functions by name.</param>
    /// <param name="jobs">The jobs by name.</param>
    /// <param name="rest">The REST APIs by name.</param>
    /// <param name="accounts">The accounts of AWS by name.</param>
    /// <param name="databases">The databases by name.</param>
    /// <param name="cosmos">The accounts of Cosmos DB.</param>
    /// <param name="router">The integrations.</param>
    /// <param name="hasStorage">Whether a storage account is configured.</param>
    /// <param name="hasMail">Whether the sending of mail is configured.</param>
    /// <param name="tables">The tables that are configured.</param>
    internal ResourceCatalog(ResourceMap map, FunctionCatalog functions, JobCatalog jobs, RestTargets rest, AwsAccounts accounts, SqlDatabases databases, CosmosAccounts cosmos, TaskRouter router, bool hasStorage, bool hasMail, IReadOnlyCollection<string> tables) =>
        (_map, _functions, _jobs, _rest, _accounts, _databases, _cosmos, _router, _hasStorage, _hasMail, _tables) = (map, functions, jobs, rest, accounts, databases, cosmos, router, hasStorage, hasMail, tables);

    /// <summary>Describes a Resource.</summary>
    /// <param name="arguments">The state's <c>Parameters</c> or <c>Arguments</c> as written. If they contain the name of a function or job, it is looked up too. Null for none.</param>
    public ResourceView Describe(TaskResource resource, JsonObject? arguments)
    {
        if (resource.Kind == TaskResourceKind.Activity)
        {
            return new("the workers of an activity", null);
        }

        if (_map.Find(resource, exactOnly: true) is { } exact)
        {
            return Mapped(exact, resource);
        }

        string name = $"{resource.Service}:{resource.Action}";
        return resource.Kind == TaskResourceKind.Function ? Function(resource.Text)
            : name is "lambda:invoke" or "aws-sdk:lambda:invoke" && Text(arguments, "FunctionName") is { } function ? Function(function)
            : JobForms.Find(resource) is { } form ? Job(form, resource, arguments)
            : name == "states:startExecution" || resource.Service == "aws-sdk:sfn" ? new("this service", null)
            : name is SendEmail.First or SendEmail.Second && !_hasMail ? _map.Find(resource) is { } mail ? Mapped(mail, resource) : new(null, "\"Mail\": { \"SmtpHost\": \"…\" }")
            : _router.Names.Contains(name) || name is "s3:getObject" or "s3:listObjectsV2" or "s3:putObject" ? BuiltIn(resource, name, arguments)
            : _map.Find(resource) is { } entry ? Mapped(entry, resource)
            : new(null, $"\"Resources\": {{ \"{ResourceMap.WithoutPattern(resource)}\": {{ \"Url\": \"https://…\" }} }}") { Near = _router.Near(resource) };
    }

    private ResourceView Job(JobForm form, TaskResource resource, JsonObject? arguments)
    {
        string? job = Text(arguments, form.NameArgument) is { } text ? form.NameIn(text) : null;
        return job is not null && _jobs.Find(job) is not null ? new($"job {job}", null)
            : _map.Find(resource) is { } entry ? Mapped(entry, resource)
            : job is null ? new($"built in ({form.Name})", null)
            : MissingJob(job);
    }

    private ResourceView Mapped(ResourceEntry entry, TaskResource resource) =>
        entry.Job is { } job && _jobs.Find(ResourceParts.Of(resource).Fill(job, static part => part)) is null
            ? MissingJob(ResourceParts.Of(resource).Fill(job, static part => part))
        : entry.Rest is { } rest && _rest.Find(ResourceParts.Of(resource).Fill(rest, static part => part)) is null
            ? new(null, $"\"Rest\": {{ \"{rest}\": {{ \"Url\": \"https://…\" }} }}")
        : entry.Aws is { } account && _accounts.Find(account) is null ? new(null, $"\"Aws\": {{ \"{account}\": {{ \"Region\": \"…\" }} }}")
        : entry.Aws is not null && resource.Kind == TaskResourceKind.Service && !IsOfAws(resource) ? new(null, AwsErrors.UnknownService(ResourceParts.Of(resource).Service))
        : entry.Function is { } function && _functions.Find(FunctionName.Parse(ResourceParts.Of(resource).Fill(function, static part => part))) is null
            ? MissingFunction(ResourceParts.Of(resource).Fill(function, static part => part))
            : new($"{entry.Reaches} ({entry.Pattern})", null);

    private static bool IsOfAws(TaskResource resource) =>
        AwsProtocols.Find(ResourceParts.Of(resource).Service) is not null || resource is { Service: "lambda" or "aws-sdk:lambda", Action: "invoke" };

    private ResourceView Function(string text)
    {
        FunctionName name = FunctionName.Parse(text);
        if (_functions.Find(name) is not null)
        {
            return new($"function {name.Name}", null);
        }

        string arn = text.StartsWith("arn:", StringComparison.Ordinal) ? text : $"arn:aws:lambda:us-east-1:123456789012:function:{name.Name}";
        var resource = TaskResource.Parse(arn);
        return _map.Find(resource) is { } entry ? Mapped(entry, resource) : MissingFunction(name.Name);
    }

    private ResourceView BuiltIn(TaskResource resource, string name, JsonObject? arguments)
    {
        if (OfStorage.Contains(resource.Service) && !_hasStorage)
        {
            return new(null, "\"Storage\": { \"ConnectionString\": \"…\" }");
        }

        if (resource.Service == ExecuteSql.Service && Text(arguments, "Connection") is { } connection && _databases.Find(connection) is null)
        {
            return new(null, $"\"Sql\": {{ \"{connection}\": {{ \"Provider\": \"…\", \"ConnectionString\": \"…\" }} }}");
        }

        if (resource.Service == CosmosAction.Service && !_cosmos.IsConfigured)
        {
            return new(null, "\"Cosmos\": { \"Endpoint\": \"https://…\" }");
        }

        return OfTables.Contains(resource.Service) && Text(arguments, "TableName") is { } table && !_tables.Contains(table)
            ? new(null, $"\"Tables\": {{ \"{table}\": {{ \"PartitionKey\": \"…\" }} }}")
            : new($"built in ({name})", null);
    }

    private static ResourceView MissingFunction(string name) => new(null, $"\"Functions\": {{ \"{name}\": {{ \"Url\": \"https://…\" }} }}");

    private static ResourceView MissingJob(string name) => new(null, $"\"Jobs\": {{ \"{name}\": {{ \"Command\": \"…\" }} }}");

    private static string? Text(JsonObject? arguments, string name) =>
        arguments?[name] is JsonString { Value: var text } && !text.StartsWith("{%", StringComparison.Ordinal) ? text : null;
}

/// <summary>The description of a Resource.</summary>
/// <param name="Reaches">In words; null where it reaches nothing.</param>
/// <param name="Missing">The settings to add, in the form of <c>stepflow.json</c>; null if nothing is missing.</param>
public sealed record ResourceView(string? Reaches, string? Missing)
{
    /// <summary>Names that are known and near, where the Resource is not known.</summary>
    public IReadOnlyList<string> Near { get; init; } = [];
}
