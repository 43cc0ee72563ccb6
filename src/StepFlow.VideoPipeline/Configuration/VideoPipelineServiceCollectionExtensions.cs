using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StepFlow.Integrations.Functions;
using StepFlow.VideoPipeline.Handlers;
using StepFlow.VideoPipeline.Media;
using StepFlow.VideoPipeline.Watching;

namespace StepFlow.VideoPipeline.Configuration;

/// <summary>Registers the video pipeline's functions and watcher.</summary>
public static class VideoPipelineServiceCollectionExtensions
{
    /// <summary>Adds the pipeline. The integrations are added besides.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The configuration section <c>StepFlow</c>.</param>
    public static IServiceCollection AddStepFlowVideoPipeline(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<VideoPipelineOptions>()
            .Bind(section.GetSection("Video"))
            .Validate(
                static options => options.OutputContainer != options.InputContainer,
                "The setting 'StepFlow:Video:OutputContainer' must be another container than InputContainer: results would be taken for uploads.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton<MediaTool>()
            .AddSingleton<MediaProbe>()
            .AddSingleton<Workspaces>()
            .AddSingleton<VideoStore>()
            .AddSingleton<IFunctionHandler, ValidateVideo>()
            .AddSingleton<IFunctionHandler, TranscodeVideo>()
            .AddSingleton<IFunctionHandler, MakeThumbnails>()
            .AddSingleton<IFunctionHandler, ExtractMetadata>()
            .AddSingleton<BlobWatcher>();
    }
}
