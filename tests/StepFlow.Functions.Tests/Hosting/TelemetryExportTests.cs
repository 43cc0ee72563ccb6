using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using StepFlow.Functions.Hosting;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Hosting;

/// <summary>
/// Where the metrics and spans of executions go: a double of Application Insights receives them. No other test runs meanwhile: exporters
/// join instruments of one name in a process, and drop what the app of this test measures when the app of another test is disposed.
/// </summary>
[Collection(Alone)]
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed class TelemetryExportTests(AzuriteFixture azurite)
{
    private const string Alone = "exports of telemetry";

    /// <summary>No other test has these: a meter and a source are the process's.</summary>
    private const string Name = "Exported";
    private const string State = "Pass what is exported";
    private const string Machine = $$$"""{"StartAt":"{{{State}}}","States":{"{{{State}}}":{"Type":"Pass","End":true} } }""";

    [Fact]
    public async Task Export_ToApplicationInsights_SendsAnExecutionsMetricsAndSpans()
    {
        await using InsightsDouble insights = await InsightsDouble.StartAsync();
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite, configure: services => Export(services, insights));
        MeterProvider metrics = fixture.Host.App.Get<MeterProvider>();
        TracerProvider traces = fixture.Host.App.Get<TracerProvider>();

        await fixture.CreateMachineAsync(Name, Machine);
        await fixture.EndAsync(await fixture.StartAsync(Name));
        await fixture.UntilAsync(() => traces.ForceFlush() && insights.Spans().Contains(State));
        Assert.True(metrics.ForceFlush());

        Assert.Equal(1, insights.Sum("ExecutionsStarted", "StateMachineArn", ServiceFixture.MachineArn(Name)));
        Assert.Equal(1, insights.Sum("ExecutionsSucceeded", "StateMachineArn", ServiceFixture.MachineArn(Name)));
        Assert.NotNull(insights.Sum("ExecutionTime", "StateMachineArn", ServiceFixture.MachineArn(Name)));
        Assert.DoesNotContain("OpenExecutionCount", insights.Metrics());
    }

    /// <summary>While its second task runs, the first has ended. The end of the execution reports nothing again.</summary>
    [Fact]
    public async Task Export_OfAnExecutionThatRuns_SendsWhatHasHappened()
    {
        const string Open = "ExportedOpen";
        const string First = "State that has ended";
        const string Second = "State that runs";
        (string ended, string open) = (Requests.Function("exported-ended"), Requests.Function("exported-open"));
        await using InsightsDouble insights = await InsightsDouble.StartAsync();
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite, configure: services => Export(services, insights));
        fixture.Tasks.Returns("exported-ended", 1).On("exported-open", static async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return new TaskCompleted(1);
        });
        MeterProvider metrics = fixture.Host.App.Get<MeterProvider>();
        TracerProvider traces = fixture.Host.App.Get<TracerProvider>();

        await fixture.CreateMachineAsync(Open, $$$"""
            {"StartAt":"{{{First}}}","States":{
              "{{{First}}}":{"Type":"Task","Resource":"{{{ended}}}","Next":"{{{Second}}}"},
              "{{{Second}}}":{"Type":"Task","Resource":"{{{open}}}","End":true} } }
            """);
        string execution = await fixture.StartAsync(Open);
        await fixture.UntilAsync(() => fixture.Tasks.CallsTo("exported-open") == 1);
        await fixture.UntilAsync(() => metrics.ForceFlush() && traces.ForceFlush() && insights.Spans().Contains(First)
            && insights.Sum("LambdaFunctionsSucceeded", "LambdaFunctionArn", ended) == 1 && insights.Sum("LambdaFunctionsScheduled", "LambdaFunctionArn", open) == 1);
        Assert.Equal(1, insights.Sum("ExecutionsStarted", "StateMachineArn", ServiceFixture.MachineArn(Open)));
        Assert.NotNull(insights.Sum("LambdaFunctionTime", "LambdaFunctionArn", ended));
        Assert.DoesNotContain(Second, insights.Spans());

        await fixture.CallAsync("StopExecution", ("executionArn", execution));
        await fixture.EndAsync(execution);
        await fixture.UntilAsync(() => metrics.ForceFlush() && traces.ForceFlush() && insights.Spans().Contains(Open)
            && insights.Sum("ExecutionsAborted", "StateMachineArn", ServiceFixture.MachineArn(Open)) == 1 && insights.Sum("LambdaFunctionsStarted", "LambdaFunctionArn", open) >= 1);
        Assert.Equal(1, insights.Sum("ExecutionsStarted", "StateMachineArn", ServiceFixture.MachineArn(Open)));
        Assert.Equal(1, insights.Sum("LambdaFunctionsStarted", "LambdaFunctionArn", open));
        Assert.Equal(1, insights.Sum("LambdaFunctionsSucceeded", "LambdaFunctionArn", ended));
        Assert.All((string[])[First, Second, Open], name => Assert.Single(insights.Spans(), span => span == name));
    }

    /// <summary>No instance of the app observes all starts and ends: a sweep counts.</summary>
    [Fact]
    public async Task Export_AfterARetentionRun_SendsHowManyExecutionsRun()
    {
        await using InsightsDouble insights = await InsightsDouble.StartAsync();
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite, configure: services => Export(services, insights));
        MeterProvider metrics = fixture.Host.App.Get<MeterProvider>();
        await fixture.CreateMachineAsync("Waits", """{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":3600,"End":true} } }""");
        await fixture.StartAsync("Waits");
        Assert.True(metrics.ForceFlush());
        Assert.DoesNotContain("OpenExecutionCount", insights.Metrics());

        await fixture.Host.App.Get<Functions.Executions.RunningExecutions>().ReportAsync(TestContext.Current.CancellationToken);
        await fixture.UntilAsync(() => metrics.ForceFlush() && insights.Metrics().Contains("OpenExecutionCount"));
    }

    [Fact]
    public void Export_WithoutSettings_AddsNothing()
    {
        var services = new ServiceCollection();

        services.AddTelemetryExport(Settings(("AzureWebJobsStorage", "UseDevelopmentStorage=true")));

        Assert.Empty(services);
    }

    [Fact]
    public void Export_ByOtlp_NeedsNoApplicationInsights()
    {
        var services = new ServiceCollection();
        services.AddTelemetryExport(Settings(
            ("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317")));
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.NotNull(provider.GetRequiredService<MeterProvider>());
        Assert.NotNull(provider.GetRequiredService<TracerProvider>());
    }

    /// <summary>Nothing stays in the temporary folder. Every span is sent: the limit of the exporter counts those of other tests in this process, too.</summary>
    private void Export(IServiceCollection services, InsightsDouble insights) => services
        .AddTelemetryExport(Settings(("AzureWebJobsStorage", azurite.ConnectionString), ("APPLICATIONINSIGHTS_CONNECTION_STRING", insights.ConnectionString)))
        .Configure<AzureMonitorExporterOptions>(static options => options.DisableOfflineStorage = true)
        .ConfigureOpenTelemetryTracerProvider(static traces => traces.SetSampler(new AlwaysOnSampler()));

    private static AppConfiguration Settings(params (string Key, string Value)[] settings) => AppConfiguration.From(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
        .Build());
}
