using StepFlow.Integrations.Aws;
using StepFlow.Integrations.CosmosDb;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Jobs;
using StepFlow.Integrations.Mail;
using StepFlow.Integrations.Sql;
using StepFlow.Language;

namespace StepFlow.Integrations.Resources;

/// <summary>Describes what a Resource calls on this host, and which setting is missing if it calls nothing.</summary>
public sealed class ResourceCatalog
{
    private static readonly string[] OfStorage = ["aws-sdk:s3", "azure:blob", "sqs", "aws-sdk:sqs", "azure:queue", "sns", "aws-sdk:sns", "s3"];
    private static readonly string[] OfTables = ["dynamodb", "aws-sdk:dynamodb", "azure:table"];

    private readonly ResourceTargets _targets;
    private readonly TaskRouter _router;
    private readonly bool _hasStorage;
    private readonly bool _hasMail;
    private readonly IReadOnlyCollection<string> _tables;

    /// <param name="hasStorage">Whether a storage account is configured.</param>
    /// <param name="hasMail">Whether the sending of mail is configured.</param>
    /// <param name="tables">The tables that are configured.</param>
    internal ResourceCatalog(ResourceTargets targets, TaskRouter router, bool hasStorage, bool hasMail, IReadOnlyCollection<string> tables) =>
        (_targets, _router, _hasStorage, _hasMail, _tables) = (targets, router, hasStorage, hasMail, tables);

    /// <summary>Describes a Resource.</summary>
    /// <param name="arguments">The state's <c>Parameters</c> or <c>Arguments</c> as written. If they contain the name of a function or job, it is looked up too. Null for none.</param>
    public ResourceView Describe(TaskResource resource, JsonObject? arguments)
    {
        if (resource.Kind == TaskResourceKind.Activity)
        {
            return new("the workers of an activity", null);
        }

        if (_targets.Map.Find(resource, exactOnly: true) is { } exact)
        {
            return Mapped(exact, resource);
        }

        string name = $"{resource.Service}:{resource.Action}";
        return resource.Kind == TaskResourceKind.Function ? Function(resource.Text)
            : name is "lambda:invoke" or "aws-sdk:lambda:invoke" && Text(arguments, "FunctionName") is { } function ? Function(function)
            : JobForms.Find(resource) is { } form ? Job(form, resource, arguments)
            : name == "states:startExecution" || resource.Service == "aws-sdk:sfn" ? new("this service", null)
            : name is SendEmail.First or SendEmail.Second && !_hasMail ? _targets.Map.Find(resource) is { } mail ? Mapped(mail, resource) : new(null, "\"Mail\": { \"SmtpHost\": \"…\" }")
            : _router.Names.Contains(name) || name is "s3:getObject" or "s3:listObjectsV2" or "s3:putObject" ? BuiltIn(resource, name, arguments)
            : _targets.Map.Find(resource) is { } entry ? Mapped(entry, resource)
            : new(null, $"\"Resources\": {{ \"{ResourceMap.WithoutPattern(resource)}\": {{ \"Url\": \"https://…\" }} }}") { Similar = _router.Similar(resource) };
    }

    private ResourceView Job(JobForm form, TaskResource resource, JsonObject? arguments)
    {
        string? job = Text(arguments, form.NameArgument) is { } text ? form.NameIn(text) : null;
        return job is not null && _targets.Jobs.Find(job) is not null ? new($"job {job}", null)
            : _targets.Map.Find(resource) is { } entry ? Mapped(entry, resource)
            : job is null ? new($"built in ({form.Name})", null)
            : MissingJob(job);
    }

    private ResourceView Mapped(ResourceEntry entry, TaskResource resource) =>
        entry.Job is { } job && _targets.Jobs.Find(ResourceParts.Of(resource).Fill(job, static part => part)) is null
            ? MissingJob(ResourceParts.Of(resource).Fill(job, static part => part))
        : entry.Rest is { } rest && _targets.Rest.Find(ResourceParts.Of(resource).Fill(rest, static part => part)) is null
            ? new(null, $"\"Rest\": {{ \"{rest}\": {{ \"Url\": \"https://…\" }} }}")
        : entry.Aws is { } account && _targets.Accounts.Find(account) is null ? new(null, $"\"Aws\": {{ \"{account}\": {{ \"Region\": \"…\" }} }}")
        : entry.Aws is not null && resource.Kind == TaskResourceKind.Service && !IsOfAws(resource) ? new(null, AwsErrors.UnknownService(ResourceParts.Of(resource).Service))
        : entry.Function is { } function && _targets.Functions.Find(FunctionName.Parse(ResourceParts.Of(resource).Fill(function, static part => part))) is null
            ? MissingFunction(ResourceParts.Of(resource).Fill(function, static part => part))
            : new($"{entry.Reaches} ({entry.Pattern})", null);

    private static bool IsOfAws(TaskResource resource) =>
        AwsProtocols.Find(ResourceParts.Of(resource).Service) is not null || resource is { Service: "lambda" or "aws-sdk:lambda", Action: "invoke" };

    private ResourceView Function(string text)
    {
        FunctionName name = FunctionName.Parse(text);
        if (_targets.Functions.Find(name) is not null)
        {
            return new($"function {name.Name}", null);
        }

        string arn = text.StartsWith("arn:", StringComparison.Ordinal) ? text : $"arn:aws:lambda:us-east-1:123456789012:function:{name.Name}";
        var resource = TaskResource.Parse(arn);
        return _targets.Map.Find(resource) is { } entry ? Mapped(entry, resource) : MissingFunction(name.Name);
    }

    private ResourceView BuiltIn(TaskResource resource, string name, JsonObject? arguments)
    {
        if (OfStorage.Contains(resource.Service) && !_hasStorage)
        {
            return new(null, "\"Storage\": { \"ConnectionString\": \"…\" }");
        }

        if (resource.Service == ExecuteSql.Service && Text(arguments, "Connection") is { } connection && _targets.Databases.Find(connection) is null)
        {
            return new(null, $"\"Sql\": {{ \"{connection}\": {{ \"Provider\": \"…\", \"ConnectionString\": \"…\" }} }}");
        }

        if (resource.Service == CosmosAction.Service && !_targets.Cosmos.IsConfigured)
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
/// <param name="Reaches">The target, in words; null if the Resource calls nothing.</param>
/// <param name="Missing">The settings to add, in the form of <c>stepflow.json</c>; null if nothing is missing.</param>
public sealed record ResourceView(string? Reaches, string? Missing)
{
    /// <summary>Similar names, if the Resource is unknown.</summary>
    public IReadOnlyList<string> Similar { get; init; } = [];
}
