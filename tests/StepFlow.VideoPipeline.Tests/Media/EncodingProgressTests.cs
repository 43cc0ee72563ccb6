using StepFlow.Integrations.Tasks;
using StepFlow.VideoPipeline.Media;

namespace StepFlow.VideoPipeline.Tests.Media;

public sealed class EncodingProgressTests
{
    [Fact]
    public void Read_Blocks_ReportsTheShareThatIsDoneWhereItGrew()
    {
        List<TaskProgress> reports = [];
        var progress = new EncodingProgress(10, "480p", reports.Add);

        foreach (string line in (string[])[
            "frame=1", "out_time_us=N/A", "speed=N/A", "progress=continue",
            "out_time_us=2500000", "speed=1.5x", "progress=continue",
            "out_time_us=2510000", "progress=continue",
            "out_time_us=99000000", "progress=continue",
            "no line of progress", "progress=end"])
        {
            progress.Read(line);
        }

        Assert.Equal([0, 0.25, 1], reports.Select(static report => report.Fraction!.Value));
        Assert.Equal(["480p 0%", "480p 25% at 1.5x"], reports.Take(2).Select(static report => report.Message.Replace(" %", "%", StringComparison.Ordinal)));
    }
}
