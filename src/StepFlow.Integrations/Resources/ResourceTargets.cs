using StepFlow.Integrations.Aws;
using StepFlow.Integrations.CosmosDb;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Jobs;
using StepFlow.Integrations.Rest;
using StepFlow.Integrations.Sql;

namespace StepFlow.Integrations.Resources;

/// <summary>The targets of the settings that Resources can call, by their names.</summary>
internal sealed record ResourceTargets(
    ResourceMap Map, FunctionCatalog Functions, JobCatalog Jobs, RestTargets Rest, AwsAccounts Accounts, SqlDatabases Databases, CosmosAccounts Cosmos);
