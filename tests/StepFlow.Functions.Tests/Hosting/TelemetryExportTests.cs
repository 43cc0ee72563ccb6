using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using StepFlow.Functions.Hosting;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Hosting;

/// <summary>Where the metrics and spans of executions go: a double of Application Insights takes them in.</summary>
public sealed class TelemetryExportTests(AzuriteFixture azurite)
{
    /// <summary>No other test has these: a meter and a source are the process's.</summary>
    private const string Name = "Exported";
    private const string State = "Pass what is exported";
    private const string Machine = $$$"""{"StartAt":"{{{State}}}","States":{"{{{State}}}":{"Type":"Pass","End":true} } }""";

    [Fact]
    public async Task Export_ToApplicationInsights_SendsAnExecutionsMetricsAndSpans()
    {
        await using InsightsDouble insights = await InsightsDouble.StartAsync();
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite, configure: services => services.AddTelemetryExport(
            Settings(("AzureWebJobsStorage", azurite.ConnectionString), ("APPLICATIONINSIGHTS_CONNECTION_STRING", insights.ConnectionString))));
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

    [Fact]
    public async Task Export_OfAnExecutionThatRuns_SendsWhatHasBegun()
    {
        const string Open = "ExportedOpen";
        string function = Requests.Function("exported-open");
        await using InsightsDouble insights = await InsightsDouble.StartAsync();
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite, configure: services => services.AddTelemetryExport(
            Settings(("AzureWebJobsStorage", azurite.ConnectionString), ("APPLICATIONINSIGHTS_CONNECTION_STRING", insights.ConnectionString))));
        fixture.Tasks.On("exported-open", static async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return new TaskCompleted(1);
        });
        MeterProvider metrics = fixture.Host.App.Get<MeterProvider>();

        await fixture.CreateMachineAsync(Open, $$$"""{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{{function}}}","End":true} } }""");
        string execution = await fixture.StartAsync(Open);
        await fixture.UntilAsync(() => fixture.Tasks.CallsTo("exported-open") == 1);
        Assert.True(metrics.ForceFlush());
        Assert.Equal(1, insights.Sum("ExecutionsStarted", "StateMachineArn", ServiceFixture.MachineArn(Open)));
        Assert.Equal(1, insights.Sum("LambdaFunctionsScheduled", "LambdaFunctionArn", function));
        Assert.Null(insights.Sum("LambdaFunctionsStarted", "LambdaFunctionArn", function));

        await fixture.CallAsync("StopExecution", ("executionArn", execution));
        await fixture.EndAsync(execution);
        await fixture.UntilAsync(() => metrics.ForceFlush() && insights.Sum("ExecutionsAborted", "StateMachineArn", ServiceFixture.MachineArn(Open)) == 1);
        Assert.Equal(1, insights.Sum("ExecutionsStarted", "StateMachineArn", ServiceFixture.MachineArn(Open)));
        Assert.Equal(1, insights.Sum("LambdaFunctionsStarted", "LambdaFunctionArn", function));
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

    private static AppConfiguration Settings(params (string Key, string Value)[] settings) => AppConfiguration.From(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
        .Build());
}
