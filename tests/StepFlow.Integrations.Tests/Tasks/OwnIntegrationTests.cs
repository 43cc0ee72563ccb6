using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Integrations.Tests.Tasks;

/// <summary>An integration of one's own, added as the README shows it.</summary>
public sealed class OwnIntegrationTests
{
    [Fact]
    public async Task OwnIntegration_IsCalledByItsName()
    {
        await using var integrations = new TestIntegrations([], static services => services.AddSingleton<ITaskIntegration, Reverse>());

        Assert.Equal(new TaskCompleted("cba"), await integrations.RunAsync("own:reverse", """{"Text":"abc"}"""));
        Assert.Equal("Own.InvalidArgument", (await integrations.RejectAsync("own:reverse", "{}")).Error);
    }

    /// <summary><c>own:reverse</c>: reverses a text.</summary>
    private sealed class Reverse : ITaskIntegration
    {
        public string Name => "own:reverse";

        public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
        {
            var arguments = new ArgumentReader(call.Arguments);
            string text = arguments.RequiredText("Text");
            TaskOutcome outcome = arguments.Problem is { } problem
                ? new TaskRejected("Own.InvalidArgument", problem)
                : new TaskCompleted(new string([.. text.Reverse()]));
            return Task.FromResult(outcome);
        }
    }
}
