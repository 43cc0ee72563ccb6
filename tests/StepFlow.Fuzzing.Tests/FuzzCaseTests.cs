namespace StepFlow.Fuzzing.Tests;

/// <summary>Every target takes what it begins with, and what was found: each fault that the fuzzer came upon stays as a file of <c>Cases/TARGET</c>.</summary>
public sealed class FuzzCaseTests
{
    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(static target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Target_SeedsAndCases_AreTakenOrRefused(string name)
    {
        FuzzTarget target = FuzzTargets.Find(name);
        string folder = Path.Combine(AppContext.BaseDirectory, "Cases", name);
        byte[][] inputs = [.. target.Seeds.Select(System.Text.Encoding.UTF8.GetBytes), .. Directory.Exists(folder) ? Directory.GetFiles(folder).Select(File.ReadAllBytes) : []];
        Assert.NotEmpty(inputs);
        Assert.All(inputs, target.Run);
    }
}
