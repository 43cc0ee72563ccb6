using Microsoft.Extensions.Options;

namespace StepFlow.VideoPipeline;

/// <summary>Checks the settings when the host starts, and tells everything that is wrong at once.</summary>
internal sealed class VideoPipelineOptionsValidator : IValidateOptions<VideoPipelineOptions>
{
    private static readonly string[] Presets =
        ["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"];

    public ValidateOptionsResult Validate(string? name, VideoPipelineOptions options)
    {
        List<string> problems = [];
        void Check(bool right, string setting, string demand)
        {
            if (!right)
            {
                problems.Add($"The setting 'StepFlow:Video:{setting}' must be {demand}.");
            }
        }

        Check(options.InputContainer.Length > 0, nameof(options.InputContainer), "the name of a container");
        Check(options.OutputContainer.Length > 0 && options.OutputContainer != options.InputContainer, nameof(options.OutputContainer), "the name of a container other than InputContainer");
        Check(options.WatchSeconds is >= 0.1 and <= 3600, nameof(options.WatchSeconds), "from 0.1 to 3600");
        Check(options.ToolTimeoutSeconds is >= 1 and <= 86_400, nameof(options.ToolTimeoutSeconds), "from 1 to 86400");
        Check(options.ToolMemoryBytes is >= 64L << 20 and <= 1L << 40, nameof(options.ToolMemoryBytes), "from 67108864 to 1099511627776");
        Check(options.Threads is >= 0 and <= 64, nameof(options.Threads), "from 0 to 64");
        Check(Presets.Contains(options.Preset), nameof(options.Preset), "one of " + string.Join(", ", Presets));
        Check(options.Quality is >= 0 and <= 51, nameof(options.Quality), "from 0 to 51");
        Check(options.MaxInputBytes is >= 1 and <= 1L << 40, nameof(options.MaxInputBytes), "from 1 to 1099511627776");
        Check(options.MaxDurationSeconds is >= 1 and <= 86_400, nameof(options.MaxDurationSeconds), "from 1 to 86400");
        Check(options.MaxPixels >= 1, nameof(options.MaxPixels), "1 or more");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
