using System.Diagnostics;
using StepFlow.Testing;

namespace StepFlow.Infra.Tests;

/// <summary>deploy.sh over doubles of az, azd and curl, which write down how they are called.</summary>
public sealed class DeployScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Calls => _folder.PathOf("calls");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Deploy_OfANewImage_BuildsItAndPointsTheAppAtIt()
    {
        (int code, string output) = await RunAsync(isBuilt: false);

        Assert.True(code == 0, output);
        string[] calls = await File.ReadAllLinesAsync(Calls, TestContext.Current.CancellationToken);
        Assert.Contains(calls, c => c.StartsWith("az acr build --subscription sub --registry cr ", StringComparison.Ordinal));
        Assert.Contains(calls, c => c.Contains("container set --subscription sub --resource-group rg --name app --image cr.example/stepflow:", StringComparison.Ordinal));
        Assert.Contains(calls, c => c.StartsWith("azd env set STEPFLOW_IMAGE cr.example/stepflow:", StringComparison.Ordinal));
        Assert.Equal("curl", calls[^1].Split(' ')[0]);
        Assert.Contains("responds", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_OfAnImageThatIsThere_DoesNotBuildItAgain()
    {
        (int code, string output) = await RunAsync(isBuilt: true);

        Assert.True(code == 0, output);
        string calls = await File.ReadAllTextAsync(Calls, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("acr build", calls, StringComparison.Ordinal);
        Assert.Contains("container set", calls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_OnFlexConsumption_PublishesThePackageAndBuildsNoImage()
    {
        (int code, string output) = await RunAsync(isBuilt: false, hosting: "FlexConsumption");

        Assert.True(code == 0, output);
        string[] calls = await File.ReadAllLinesAsync(Calls, TestContext.Current.CancellationToken);
        Assert.Contains(calls, c => c.StartsWith("dotnet publish ", StringComparison.Ordinal) && c.Contains("-r linux-x64", StringComparison.Ordinal) && c.Contains("-p:ServiceBusPackage=true", StringComparison.Ordinal));
        Assert.Contains(calls, c => c.StartsWith("az functionapp deployment source config-zip --subscription sub --resource-group rg --name app --src ", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, c => c.Contains(" acr ", StringComparison.Ordinal));
        Assert.Equal("curl", calls[^1].Split(' ')[0]);
    }

    [Fact]
    public async Task Deploy_OnFlexConsumptionWithAJob_BuildsTheJobsImageAndPointsTheJobAtIt()
    {
        (int code, string output) = await RunAsync(isBuilt: false, hosting: "FlexConsumption", job: "job");

        Assert.True(code == 0, output);
        string[] calls = await File.ReadAllLinesAsync(Calls, TestContext.Current.CancellationToken);
        Assert.Contains(calls, c => c.StartsWith("az acr build --subscription sub --registry cr --image stepflow-job:", StringComparison.Ordinal) && c.Contains(" --target job ", StringComparison.Ordinal));
        Assert.Contains(calls, c => c.StartsWith("az containerapp job update --subscription sub --resource-group rg --name job --image cr.example/stepflow-job:", StringComparison.Ordinal));
        Assert.Contains(calls, c => c.StartsWith("azd env set STEPFLOW_TRANSCODING_IMAGE cr.example/stepflow-job:", StringComparison.Ordinal));
        Assert.Contains(calls, c => c.StartsWith("az functionapp deployment source config-zip", StringComparison.Ordinal));
    }

    /// <summary>What the script builds, the Dockerfile has.</summary>
    [Theory]
    [InlineData("app")]
    [InlineData("job")]
    public void Target_OfTheScript_IsInTheDockerfile(string target)
    {
        string infra = Path.Combine(BicepFile.Root, "infra");

        Assert.Matches($@"build_image stepflow[-\w]* {target}\n", File.ReadAllText(Path.Combine(infra, "deploy.sh")));
        Assert.Matches($@"FROM \S+ AS {target}\n", File.ReadAllText(Path.Combine(infra, "Dockerfile")));
    }

    [Theory]
    [InlineData("sh")]
    [InlineData("bash")]
    public async Task Deploy_WithoutTheAppsName_ReportsWhatIsMissing(string shell)
    {
        (int code, string output) = await RunAsync(isBuilt: true, app: string.Empty, shell: shell);

        Assert.NotEqual(0, code);
        Assert.Contains("the name of the function app", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Calls));
    }

    private async Task<(int Code, string Output)> RunAsync(bool isBuilt, string app = "app", string hosting = "ElasticPremium", string job = "", string shell = "sh")
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sh");
        Double("az", $$"""
            case "$*" in
              *loginServer*) echo cr.example ;;
              "acr repository show"*) exit {{(isBuilt ? 0 : 1)}} ;;
            esac
            """);
        Double("azd", string.Empty);
        Double("curl", string.Empty);
        Double("dotnet", "for last; do [ \"$before\" = -o ] && mkdir -p \"$last\"; before=$last; done");
        Double("zip", string.Empty);
        var start = new ProcessStartInfo(shell, [Path.Combine(BicepFile.Root, "infra", "deploy.sh")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = _folder.Path + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        start.Environment["AZURE_SUBSCRIPTION_ID"] = "sub";
        start.Environment["AZURE_RESOURCE_GROUP"] = "rg";
        start.Environment["AZURE_ENV_NAME"] = "env";
        start.Environment["STEPFLOW_REGISTRY"] = "cr";
        start.Environment["STEPFLOW_APP"] = app;
        start.Environment["STEPFLOW_VIDEO_JOB_NAME"] = job;
        start.Environment["STEPFLOW_HOSTING"] = hosting;
        start.Environment["STEPFLOW_ENDPOINT"] = "https://app.example";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }

    private void Double(string name, string script)
    {
        string path = _folder.PathOf(name);
        File.WriteAllText(path, $"#!/bin/sh\necho \"{name} $*\" >>'{Calls}'\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
