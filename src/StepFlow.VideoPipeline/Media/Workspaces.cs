using Microsoft.Extensions.Options;

namespace StepFlow.VideoPipeline.Media;

/// <summary>Makes temporary folders; at the start it removes those that killed processes left behind.</summary>
internal sealed class Workspaces
{
    private readonly string? _parent;

    public Workspaces(IOptions<VideoPipelineOptions> options)
    {
        _parent = options.Value.TempFolder;
        Workspace.RemoveLeftovers(_parent);
    }

    public Workspace Create() => Workspace.Create(_parent);
}
