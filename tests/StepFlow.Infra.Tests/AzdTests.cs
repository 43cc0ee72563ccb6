using System.Text.Json;
using System.Text.RegularExpressions;

namespace StepFlow.Infra.Tests;

/// <summary>What <c>azd up -C infra</c> reads.</summary>
public sealed partial class AzdTests
{
    /// <summary>What azd sets by itself, or deploy.sh for the next time.</summary>
    private static readonly string[] Provided = ["AZURE_ENV_NAME", "AZURE_LOCATION", "AZURE_PRINCIPAL_ID", "AZURE_PRINCIPAL_TYPE", "STEPFLOW_IMAGE"];

    private static string Infra { get; } = Path.Combine(BicepFile.Root, "infra");

    private static JsonElement Parameters { get; } = JsonDocument.Parse(File.ReadAllText(Path.Combine(Infra, "main.parameters.json"))).RootElement.GetProperty("parameters");

    [Fact]
    public void Project_Read_ProvisionsThisFolderAndRunsTheHook()
    {
        Dictionary<string, string> project = Yaml(File.ReadAllLines(Path.Combine(Infra, "azure.yaml")));

        Assert.Equal("bicep", project["infra/provider"]);
        Assert.Equal(".", project["infra/path"]);
        Assert.True(File.Exists(Path.Combine(Infra, project["infra/module"] + ".bicep")));
        Assert.Equal("provision", project["workflows/up/steps/- azd"]);
        Assert.Equal("sh", project["hooks/postprovision/shell"]);
        string hook = Path.Combine(Infra, project["hooks/postprovision/run"]);
        Assert.True(File.Exists(hook));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(hook).HasFlag(UnixFileMode.UserExecute));
        Assert.DoesNotContain(project.Keys, key => key.StartsWith("services", StringComparison.Ordinal));
    }

    [Fact]
    public void Parameter_OfMain_IsInTheFileUnderItsName()
    {
        IReadOnlyList<BicepParameter> declared = BicepFile.At(Path.Combine("infra", "main.bicep")).Parameters;

        Assert.Equal(declared.Select(p => p.Name).Order(), Parameters.EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public void Parameter_InTheFile_HasADefaultUnlessAzdProvidesIt()
    {
        foreach (JsonProperty parameter in Parameters.EnumerateObject())
        {
            Match variable = Variable().Match(parameter.Value.GetProperty("value").GetString()!);

            Assert.True(variable.Success, parameter.Name);
            Assert.True(variable.Groups["default"].Success || Provided.Contains(variable.Groups["name"].Value), parameter.Name);
        }
    }

    [Fact]
    public void Parameter_OfTypeBool_HasADefaultThatIsOne()
    {
        foreach (BicepParameter parameter in BicepFile.At(Path.Combine("infra", "main.bicep")).Parameters.Where(p => p.Type == "bool"))
        {
            string text = Parameters.GetProperty(parameter.Name).GetProperty("value").GetString()!;

            Assert.True(bool.TryParse(Variable().Match(text).Groups["default"].Value, out _), parameter.Name);
        }
    }

    [Fact]
    public void Variable_ThatTheHookReads_IsAnOutputOfMainOrProvided()
    {
        IEnumerable<string> known = [.. BicepFile.At(Path.Combine("infra", "main.bicep")).Outputs, .. Provided, "AZURE_SUBSCRIPTION_ID"];
        string[] read = [.. ShellVariable().Matches(File.ReadAllText(Path.Combine(Infra, "deploy.sh"))).Select(m => m.Groups[1].Value).Distinct()];

        Assert.NotEmpty(read);
        Assert.Empty(read.Except(known));
    }

    /// <summary>Scalars by their paths: as much of YAML as azure.yaml needs.</summary>
    private static Dictionary<string, string> Yaml(IEnumerable<string> lines)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = new Stack<(int Indent, string Key)>();
        foreach (Match line in lines.Select(text => YamlLine().Match(text)).Where(m => m.Success))
        {
            int indent = line.Groups["indent"].Length;
            while (path.TryPeek(out (int Indent, string Key) outer) && outer.Indent >= indent)
            {
                path.Pop();
            }

            path.Push((indent, line.Groups["key"].Value));
            if (line.Groups["value"].Length > 0)
            {
                values.Add(string.Join('/', path.Reverse().Select(p => p.Key)), line.Groups["value"].Value);
            }
        }

        return values;
    }

    [GeneratedRegex(@"^\$\{(?<name>[A-Z_]+)(=(?<default>[^}]*))?\}$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\$\{?((?:AZURE|STEPFLOW)_[A-Z_]+)")]
    private static partial Regex ShellVariable();

    [GeneratedRegex("^(?<indent> *)(?<key>(- )?[a-zA-Z]+): ?(?<value>.*)$")]
    private static partial Regex YamlLine();
}
