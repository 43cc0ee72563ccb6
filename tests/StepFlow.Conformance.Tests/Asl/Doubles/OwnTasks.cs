using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Configuration;
using StepFlow.Integrations.Executions;
using StepFlow.Integrations.Tasks;
using StepFlow.Service.Tasks;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>The integrations that are Step Functions' own, as the product has them.</summary>
internal static class OwnTasks
{
    public static ITaskRunner Create(ServiceCalls calls, TimeProvider clock)
    {
        var services = new ServiceCollection();
        services.AddSingleton(clock);
        services.AddSingleton<IExecutionStarter>(new ServiceExecutionStarter(calls));
        services.AddStepFlowIntegrations(new ConfigurationBuilder().Build());
        return services.BuildServiceProvider().GetRequiredService<ITaskRunner>();
    }
}
