using StepFlow.Integrations.Tasks;

namespace StepFlow.VideoPipeline.Handlers;

/// <summary>The uploaded blob that a payload names.</summary>
/// <param name="Blob">Its name.</param>
/// <param name="ETag">Its version, without quotes.</param>
internal sealed record SourceRequest(string Container, string Blob, string ETag)
{
    public static SourceRequest Read(ArgumentReader payload) =>
        new(payload.RequiredText("container"), payload.RequiredText("blob"), payload.RequiredText("etag").Trim('"'));

    /// <summary>The duration in a payload's <c>video</c>. If there is none, 0, and the payload has a problem.</summary>
    public static double ReadDuration(ArgumentReader payload)
    {
        if (payload.RequiredObject("video")["durationSeconds"] is JsonNumber duration && duration.ToDouble() > 0)
        {
            return duration.ToDouble();
        }

        payload.Refuse(TaskErrors.InvalidArgument("video", "the result of 'video-validate'"));
        return 0;
    }
}
