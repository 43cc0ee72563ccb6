using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StepFlow.Integrations.Configuration;
using StepFlow.Integrations.Functions;
using StepFlow.VideoPipeline.Handlers;
using StepFlow.VideoPipeline.Media;
using StepFlow.VideoPipeline.Watching;

namespace StepFlow.VideoPipeline.Configuration;

/// <summary>Registers the video pipeline's functions and watcher.</summary>
public static class VideoPipelineServiceCollectionExtensions
{
    /// <summary>Adds the pipeline. The integrations are added besides.</summary>
    /// <param name="section">The configuration section <c>StepFlow</c>.</param>
    public static IServiceCollection AddStepFlowVideoPipeline(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<VideoPipelineOptions>()
            .Bind(section.GetSection("Video"))
            .Validate(
                static options => options.OutputContainer != options.InputContainer,
                "The setting 'StepFlow:Video:OutputContainer' must be another container than InputContainer: results would be taken for uploads.")
            .Validate(
                options => options.Job is not { } job || section.GetSection("Jobs:" + job).Exists(),
                "The setting 'StepFlow:Video:Job' names a job that does not exist: add 'Jobs:NAME:Command', ':Image' or ':ContainerAppsJob' for it.")
            .ValidateOnStart();
        if (section["Video:Job"] is { Length: > 0 } job && section.GetSection("Jobs:" + job).Exists())
        {
            services.PostConfigure<IntegrationOptions>(options => RunByJob(options.Functions, job));
        }

        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton<MediaTool>()
            .AddSingleton<MediaProbe>()
            .AddSingleton<VideoStore>()
            .AddSingleton<IFunctionHandler, ValidateVideo>()
            .AddSingleton<IFunctionHandler, TranscodeVideo>()
            .AddSingleton<IFunctionHandler, MakeThumbnails>()
            .AddSingleton<IFunctionHandler, ExtractMetadata>()
            .AddSingleton<BlobWatcher>();
    }

    // A setting of one function overrides this one, which is for all functions.
    private static void RunByJob(IDictionary<string, FunctionOptions> functions, string job)
    {
        foreach (string name in (string[])[ValidateVideo.FunctionName, TranscodeVideo.FunctionName, MakeThumbnails.FunctionName, ExtractMetadata.FunctionName])
        {
            functions.TryAdd(name, new() { Job = job });
        }
    }
}
