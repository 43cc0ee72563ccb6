using StepFlow.VideoPipeline.Media;

namespace StepFlow.VideoPipeline.Tests.Media;

public sealed class WorkspaceTests
{
    [Fact]
    public void RemoveLeftovers_OfDeadProcesses_KeepsThoseOfLivingOnes()
    {
        string parent = Directory.CreateTempSubdirectory("stepflow-test-").FullName;
        using var living = Workspace.Create(parent);

        // Linux gives no process a number as high as this.
        string dead = Path.Combine(parent, "stepflow-video", "2000000000-leftover");
        Directory.CreateDirectory(Path.Combine(dead, "inner"));

        Workspace.RemoveLeftovers(parent);

        Assert.True(Directory.Exists(living.Folder));
        Assert.False(Directory.Exists(dead));
        living.Dispose();
        Assert.False(Directory.Exists(living.Folder));
        Directory.Delete(parent, recursive: true);
    }
}
