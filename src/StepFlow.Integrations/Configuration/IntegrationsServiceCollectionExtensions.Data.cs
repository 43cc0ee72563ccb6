using System.Collections.Frozen;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StepFlow.Integrations.CosmosDb;
using StepFlow.Integrations.Identities;
using StepFlow.Integrations.Sql;
using StepFlow.Integrations.Tables;

namespace StepFlow.Integrations.Configuration;

/// <summary>The integrations of databases: tables, SQL, Cosmos DB.</summary>
public static partial class IntegrationsServiceCollectionExtensions
{
    private static IServiceCollection AddTables(this IServiceCollection services)
    {
        services.TryAddSingleton<ITableStore>(static provider => Options(provider).Cosmos is { IsConfigured: true } cosmos
            ? new CosmosTableStore(cosmos, provider.GetRequiredService<TokenCredential>(), provider.GetRequiredService<TimeProvider>())
            : new UnconfiguredTableStore());
        services.AddSingleton(static provider => new TableContext(
            provider.GetRequiredService<ITableStore>(),
            Options(provider).Tables.ToFrozenDictionary(static table => table.Key, static table => new Table(table.Key, table.Value), StringComparer.Ordinal),
            provider.GetRequiredService<SettingHints>(),
            provider.GetRequiredService<TimeProvider>())
        {
            Others = provider.GetRequiredService<IdentityTables>().Of,
        });
        return services
            .Add<BatchGetItem>()
            .Add<BatchWriteItem>()
            .Add<TransactGetItems>()
            .Add<TransactWriteItems>()
            .AddTable("getItem", static (tables, sdk) => new GetItem(tables, sdk))
            .AddTable("putItem", static (tables, sdk) => new PutItem(tables, sdk))
            .AddTable("updateItem", static (tables, sdk) => new UpdateItem(tables, sdk))
            .AddTable("deleteItem", static (tables, sdk) => new DeleteItem(tables, sdk))
            .AddTable("query", static (tables, sdk) => new Query(tables, sdk))
            .AddTable("scan", static (tables, sdk) => new Scan(tables, sdk));
    }

    private static IServiceCollection AddSql(this IServiceCollection services)
    {
        services.AddSingleton<SqlAccess>();
        services.AddSingleton(static provider => new SqlDatabases(Options(provider).Sql, provider.GetRequiredService<SqlAccess>()));
        return services.Add<ExecuteSql>();
    }

    private static IServiceCollection AddCosmos(this IServiceCollection services)
    {
        services.AddSingleton(static provider => new CosmosAccounts(
            () => Options(provider).Cosmos, provider.GetRequiredService<TokenCredential>(), provider.GetRequiredService<IdentityCosmos>()));
        foreach ((string action, CosmosPreparation prepare) in CosmosActions.All)
        {
            services.Add(provider => ActivatorUtilities.CreateInstance<CosmosAction>(provider, action, prepare));
        }

        return services;
    }

    private static IServiceCollection AddTable(this IServiceCollection services, string action, Func<TableContext, bool, ITaskIntegration> create) => services
        .AddBoth((provider, sdk) => create(provider.GetRequiredService<TableContext>(), sdk))
        .Add(provider => new PlainTable(action, create(provider.GetRequiredService<TableContext>(), true)));
}
